package cluster

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"os"
	"os/signal"
	"path/filepath"
	"strconv"
	"sync"
	"syscall"

	"github.com/lockstep-go/lockstep/impl/protocol"
)

// register is a protocol of two nodes, the first of which holds a register (the
// model of that name) and the second of which does nothing.
type register struct{ protocol.Protocol }

func (register) Name() string               { return "register" }
func (register) Nodes() []protocol.NodeID   { return []protocol.NodeID{"p", "q"} }
func (register) Server(int) protocol.NodeID { return "p" }

type registerOp struct {
	Kind  string `json:"kind"`
	Value string `json:"value,omitempty"`
}

// registerClients write values that are all distinct, and read, at that rate.
type registerClients struct{ reads float64 }

func (c registerClients) Next(client string, seq uint64, rng *rand.Rand) protocol.Op {
	if rng.Float64() < c.reads {
		return registerOp{Kind: "get"}
	}
	return registerOp{Kind: "put", Value: client + "." + strconv.FormatUint(seq, 10)}
}

func (registerClients) Again(op protocol.Op, _ int, _ *rand.Rand) protocol.Op { return op }

// badClients ask for what no register does.
type badClients struct{ registerClients }

func (badClients) Next(string, uint64, *rand.Rand) protocol.Op { return registerOp{Kind: "jump"} }

// registerNode holds the register. It knows again what it has executed, and
// keeps all of it in a file, which it reads when it starts unless
// LOCKSTEP_TEST_FORGETS is set. Its arguments: http, data, trace.
func registerNode(args []string) error {
	ctx, cancel := WithParent(context.Background())
	defer cancel()
	ctx, cancel = signal.NotifyContext(ctx, syscall.SIGTERM)
	defer cancel()

	type answer struct {
		protocol.RequestID
		Result json.RawMessage `json:"result"`
	}
	type record struct {
		Op registerOp
		answer
	}
	var value string
	last := map[string]answer{}
	apply := func(r record) {
		if r.Op.Kind == "put" {
			value = r.Op.Value
		}
		last[r.Client] = r.answer
	}
	file, err := os.OpenFile(filepath.Join(args[1], "register"), os.O_CREATE|os.O_RDWR|os.O_APPEND, 0o600)
	if err != nil {
		return err
	}
	if os.Getenv("LOCKSTEP_TEST_FORGETS") == "" {
		for in := json.NewDecoder(file); ; {
			var r record
			if err := in.Decode(&r); errors.Is(err, io.EOF) {
				break
			} else if err != nil {
				return err
			}
			apply(r)
		}
	}

	var mu sync.Mutex
	mux := http.NewServeMux()
	mux.HandleFunc("POST /v1/requests", func(w http.ResponseWriter, r *http.Request) {
		mu.Lock()
		defer mu.Unlock()
		var req struct {
			protocol.RequestID
			Op registerOp `json:"op"`
		}
		if err := json.NewDecoder(r.Body).Decode(&req); err != nil || req.Op.Kind != "get" && req.Op.Kind != "put" {
			http.Error(w, fmt.Sprintf("found the kind %q, expected get or put", req.Op.Kind), http.StatusBadRequest)
			return
		}
		a := last[req.Client]
		if a.Seq != req.Seq {
			a = answer{req.RequestID, json.RawMessage("{}")}
			if req.Op.Kind == "get" {
				a.Result, _ = json.Marshal(map[string]string{"value": value})
			}
			rec := record{req.Op, a}
			apply(rec)
			line, _ := json.Marshal(rec)
			if _, err := file.Write(line); err != nil {
				http.Error(w, err.Error(), http.StatusInternalServerError)
				return
			}
		}
		_ = json.NewEncoder(w).Encode(a)
	})
	server := &http.Server{Addr: args[0], Handler: mux}
	go func() {
		<-ctx.Done()
		server.Close()
	}()
	if err := server.ListenAndServe(); err != http.ErrServerClosed {
		return err
	}
	return os.WriteFile(args[2], []byte("stopped\n"), 0o600)
}
