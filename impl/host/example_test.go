package host_test

import (
	"context"
	"fmt"
	"log"
	"os"

	"github.com/lockstep-go/lockstep/impl/host"
	"github.com/lockstep-go/lockstep/impl/protocol"
)

// One node of a protocol, run until its context is done, and a client.
func Example() {
	dir, err := os.MkdirTemp("", "host")
	if err != nil {
		log.Fatal(err)
	}
	defer os.RemoveAll(dir)
	h, err := host.New(host.Config{
		Protocol: script{"a": recordAll}, ID: "a",
		Listen: "127.0.0.1:0", HTTP: "127.0.0.1:0", Dir: dir,
	})
	if err != nil {
		log.Fatal(err)
	}
	ctx, stop := context.WithCancel(context.Background())
	done := make(chan error)
	go func() { done <- h.Run(ctx) }()

	client := &host.Client{}
	server := h.HTTPAddr().String()
	_, err = client.Do(ctx, server, protocol.RequestID{Client: "alice", Seq: 1}, "remember this")
	fmt.Println("replied:", err == nil)
	status, err := client.Status(ctx, server)
	fmt.Println("durable records:", status.Durable, err)

	stop()
	fmt.Println("stopped:", <-done)
	// Output:
	// replied: true
	// durable records: 1 <nil>
	// stopped: <nil>
}
