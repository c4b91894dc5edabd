package value

// Fingerprint returns 64 bits of hash of the vector vs.
func (l *Local) Fingerprint(vs []Value) uint64 {
	var sum uint64
	for i, v := range vs {
		sum += l.Term(i, v)
	}
	return Finish(sum)
}

// Term returns what the value v of the i-th of several variables, counting from
// 0, adds to the sum that [Finish] makes a fingerprint of. So the fingerprint of
// a state that differs in one variable from another costs two terms.
func (l *Local) Term(i int, v Value) uint64 {
	return mix(l.hash(v) + uint64(i+1)*golden)
}

// Finish returns the fingerprint of the sum of the terms.
func Finish(sum uint64) uint64 { return mix(sum) }

// HandleTerm is Term for a fingerprint of the handles themselves, which differ
// wherever canonical values differ. It is not the same in every run.
func HandleTerm(i int, v Value) uint64 {
	return mix((uint64(v) + uint64(i+1)*golden) * 0xff51afd7ed558ccd)
}
