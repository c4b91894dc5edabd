package fault

import (
	"github.com/lockstep-go/lockstep/impl/world"
)

// Step is an event of a schedule that is being shrunk. Once choices before it
// are gone, the number of its message means another one: Encoded is the payload
// that the message carried, which names it better.
type Step struct {
	Event
	Encoded string
}

// Steps replays the events, and notes what messages they are about. It stops
// behind an event that does not apply or that a node does not survive: what
// failed there, a trial finds again.
func Steps(w *world.World, events []Event) (steps []Step) {
	defer func() { recover() }() //nolint:errcheck // a node's panic; see above
	for _, e := range events {
		s := Step{Event: e}
		s.Encoded = encoded(w, e.Choice)
		steps = append(steps, s)
		w.SetNow(e.At)
		if _, err := w.Apply(e.Choice); err != nil {
			break
		}
	}
	return steps
}

func aboutMessage(c world.Choice) bool {
	return c.Kind == world.Deliver || c.Kind == world.Drop || c.Kind == world.Duplicate
}

// encoded returns the payload of the message that a choice is about, or "".
func encoded(w *world.World, c world.Choice) string {
	if aboutMessage(c) {
		for _, f := range w.InFlight() {
			if f.Number == c.Message {
				return f.Encoded
			}
		}
	}
	return ""
}

// Fit returns the step as it is to be taken in the world as it is: about the
// message in flight on the same link with the same payload, or else with the
// same number; syncing and losing no more records than there are. It reports
// false if there is no such message; whether the choice is open is for Apply to
// say.
func (s Step) Fit(w *world.World) (Step, bool) {
	c := &s.Choice
	switch {
	case aboutMessage(*c):
		var same, numbered *world.Envelope
		for _, f := range w.InFlight() {
			if f.Message.From != c.From || f.Message.To != c.To {
				continue
			}
			if f.Encoded == s.Encoded && (same == nil || f.Number == c.Message) {
				same = f
			}
			if f.Number == c.Message {
				numbered = f
			}
		}
		if same == nil {
			same = numbered
		}
		if same == nil {
			return s, false
		}
		c.Message, s.Encoded = same.Number, same.Encoded
	case c.Kind == world.Sync || c.Kind == world.Crash:
		records, durable := w.Log(c.Node)
		unsynced := len(records) - durable
		if c.Kind == world.Sync && c.Records >= unsynced {
			c.Records = 0
		}
		if c.Kind == world.Crash && c.Records > unsynced {
			c.Records, c.Torn = unsynced, c.Torn && unsynced > 0
		}
	}
	return s, true
}

// Shrink looks for a short schedule that still fails, by delta debugging
// (Zeller and Hildebrandt, "Simplifying and isolating failure-inducing input",
// TSE 2002). A trial runs some of the steps and returns those that it applied,
// up to the failure, and whether they fail; it must be deterministic. Shrink
// makes at most trialsMax trials and returns the shortest failing steps that it
// found, and how many trials it made. If the steps do not fail to begin with,
// it returns nil.
//
// With trials enough, the result is 1-minimal: without any one of its steps,
// what applies of the others does not fail.
func Shrink(steps []Step, trial func([]Step) ([]Step, bool), trialsMax int) ([]Step, int) {
	if trialsMax < 1 {
		return nil, 0
	}
	trials := 1
	best, failed := trial(steps)
	if !failed {
		return nil, trials
	}
	candidate := make([]Step, 0, len(best))
	for chunk := max(len(best)/2, 1); ; {
		shorter := false
		// From the end: what a step leads to goes before the step does.
		for end := len(best); end > 0 && trials < trialsMax; {
			end = min(end, len(best))
			start := max(end-chunk, 0)
			candidate = append(append(candidate[:0], best[:start]...), best[end:]...)
			trials++
			if applied, failed := trial(candidate); failed && len(applied) < len(best) {
				best, shorter = applied, true
			}
			end = start
		}
		switch {
		case trials >= trialsMax, chunk == 1 && !shorter:
			return best, trials
		case chunk > 1:
			chunk /= 2
		}
	}
}
