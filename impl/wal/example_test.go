package wal_test

import (
	"fmt"
	"log"
	"os"

	"github.com/lockstep-go/lockstep/impl/wal"
)

func Example() {
	dir, err := os.MkdirTemp("", "wal")
	if err != nil {
		log.Fatal(err)
	}
	defer os.RemoveAll(dir)

	for range 2 { // the second time finds what the first one wrote
		l, found, err := wal.Open(wal.OS{}, dir, wal.Options{})
		if err != nil {
			log.Fatal(err)
		}
		fmt.Printf("found %q\n", found.Records)

		position, err := l.Append([][]byte{[]byte("prepare t1"), []byte("prepare t2")}, false)
		if err != nil {
			log.Fatal(err)
		}
		durable, err := l.Sync()
		if err != nil {
			log.Fatal(err)
		}
		fmt.Println("appended", position, "durable", durable)
		if err := l.Close(); err != nil {
			log.Fatal(err)
		}
	}
	// Output:
	// found []
	// appended 2 durable 2
	// found ["prepare t1" "prepare t2"]
	// appended 2 durable 2
}
