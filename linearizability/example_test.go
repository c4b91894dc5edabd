package linearizability_test

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/lockstep-go/lockstep/linearizability"
)

// A client reads x after another's write of it returned, and does not see it.
func Example() {
	type op map[string]any
	r := linearizability.NewRecorder(linearizability.Header{Model: "kv", Seed: 1}, nil)
	put := r.Invoke("c1", op{"kind": "put", "key": "x", "value": "1"}, 10)
	r.Fault("p1", "crash p1", 15)
	r.Return(put, json.RawMessage(`{}`), 20)
	get := r.Invoke("c2", op{"kind": "get", "key": "x"}, 30)
	r.Return(get, json.RawMessage(`{"value":""}`), 40)

	history, err := r.History(linearizability.KV())
	if err != nil {
		fmt.Println(err)
		return
	}
	result := linearizability.Check(context.Background(), linearizability.KV(), history, linearizability.Options{})
	fmt.Println(result.Verdict)
	fmt.Println(result.Reason)
	// Output:
	// violated
	// not linearizable in 1 of 1 partitions: no order explains "get x → \"\"", operation 2 of client c2, which returned at time 40
}
