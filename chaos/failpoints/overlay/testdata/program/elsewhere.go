package main

import fp "github.com/lockstep-go/lockstep/impl/failpoint"

func elsewhere() {
	fp.Inject("elsewhere", func(_ fp.Value) {
		where("in elsewhere")
	})
	where("end of elsewhere")
}
