package cluster

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/signal"
	"strings"
	"sync"
	"syscall"
	"testing"

	"github.com/lockstep-go/lockstep/impl/protocol"
)

// The test binary is also the program of the nodes that the tests start.
const nodeEnv = "LOCKSTEP_TEST_NODE"

func TestMain(m *testing.M) {
	switch os.Getenv(nodeEnv) {
	case "":
		os.Exit(m.Run())
	case "lines":
		if err := linesNode(os.Args[1:]); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
	case "register":
		if err := registerNode(os.Args[1:]); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
	case "parent":
		if err := parentOfTwo(os.Args[1], os.Args[2]); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
	default:
		fmt.Fprintln(os.Stderr, "no such node:", os.Getenv(nodeEnv))
		os.Exit(1)
	}
}

// linesNode is a node that sends lines to its peers when it is told to by HTTP,
// and tells which it has received. Its arguments: listen, http, peers, trace.
func linesNode(args []string) error {
	ctx, cancel := WithParent(context.Background())
	defer cancel()
	ctx, cancel = signal.NotifyContext(ctx, syscall.SIGTERM)
	defer cancel()
	if os.Getenv("LOCKSTEP_TEST_DEAF") != "" {
		ctx = context.Background() // stops for nobody
		signal.Ignore(syscall.SIGTERM)
	}

	var mu sync.Mutex
	received := []string{}
	l, err := net.Listen("tcp", args[0])
	if err != nil {
		return err
	}
	go func() {
		for {
			conn, err := l.Accept()
			if err != nil {
				return
			}
			go func() {
				for in := bufio.NewScanner(conn); in.Scan(); {
					mu.Lock()
					received = append(received, in.Text())
					mu.Unlock()
				}
				conn.Close()
			}()
		}
	}()

	peers := map[string]string{}
	for _, p := range strings.Split(args[2], ",") {
		if id, address, ok := strings.Cut(p, "="); ok {
			peers[id] = address
		}
	}
	conns := map[string]net.Conn{}
	mux := http.NewServeMux()
	mux.HandleFunc("/send", func(w http.ResponseWriter, r *http.Request) {
		mu.Lock()
		defer mu.Unlock()
		to := r.FormValue("to")
		err := error(nil)
		if conns[to] == nil {
			conns[to], err = net.Dial("tcp", peers[to])
		}
		if err == nil {
			_, err = fmt.Fprintln(conns[to], r.FormValue("line"))
		}
		if err != nil {
			delete(conns, to)
			http.Error(w, err.Error(), http.StatusBadGateway)
		}
	})
	mux.HandleFunc("/received", func(w http.ResponseWriter, r *http.Request) {
		mu.Lock()
		defer mu.Unlock()
		_ = json.NewEncoder(w).Encode(received)
	})
	mux.HandleFunc("/fail", func(w http.ResponseWriter, r *http.Request) {
		fmt.Fprintln(os.Stderr, "failing as I was told")
		os.Exit(3)
	})
	server := &http.Server{Addr: args[1], Handler: mux}
	go func() {
		<-ctx.Done()
		server.Close()
	}()
	if err := server.ListenAndServe(); err != http.ErrServerClosed {
		return err
	}
	return os.WriteFile(args[3], []byte("stopped\n"), 0o600)
}

// parentOfTwo starts two nodes, pauses one, prints their process ids, and waits
// to be killed.
func parentOfTwo(program, dir string) error {
	c, err := Start(context.Background(), Config{
		Command: []string{program, "{listen}", "{http}", "{peers}", "{trace}"},
		Nodes:   []protocol.NodeID{"a", "b"},
		Dir:     dir,
		Env:     []string{nodeEnv + "=lines"},
	})
	if err != nil {
		return err
	}
	if err := c.Ready(context.Background()); err != nil {
		return err
	}
	if err := c.Pause("b"); err != nil {
		return err
	}
	fmt.Println(c.nodes[0].proc.cmd.Process.Pid, c.nodes[1].proc.cmd.Process.Pid)
	select {}
}
