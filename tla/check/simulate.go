package check

func (s *search) simulate() { s.unknown(Unsupported, "simulation is not supported") }
