package fault

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
)

// field is a parameter of a fault: its name in plans, and how its value is
// written, read and drawn.
type field struct {
	name  string
	print func() string
	parse func(string) error
}

// rate is a probability, written as the shortest decimal that reads as it.
func rate(name string, p *float64) field {
	return field{name,
		func() string { return strconv.FormatFloat(*p, 'f', -1, 64) },
		func(s string) (err error) {
			*p, err = strconv.ParseFloat(s, 64)
			if err != nil || !(*p >= 0 && *p <= 1) || strings.ContainsAny(s, "xXpP_-+") {
				return fmt.Errorf("expected a probability from 0 to 1, found %q", s)
			}
			return nil
		}}
}

// every is a mean time between strikes.
func every(p *time.Duration) field {
	return field{"every",
		func() string { return p.String() },
		func(s string) (err error) {
			if *p, err = parseDuration(s); err == nil && *p < time.Millisecond {
				err = fmt.Errorf("expected at least 1ms, found %s", s)
			}
			return err
		}}
}

func span(name string, p *Span) field {
	return field{name, func() string { return p.String() }, func(s string) (err error) {
		*p, err = ParseSpan(s)
		return err
	}}
}

func shapeList(p *[]Shape) field {
	return field{"shapes", func() string { return shapeNames(*p) }, func(s string) error {
		*p = nil
		for name := range strings.SplitSeq(s, ",") {
			if !slices.Contains(shapes, Shape(name)) || slices.Contains(*p, Shape(name)) {
				return fmt.Errorf("expected some of %s, each once, found %q", shapeNames(shapes), s)
			}
			*p = append(*p, Shape(name))
		}
		return nil
	}}
}

func duration(name string, p *time.Duration) field {
	return field{name, func() string { return p.String() }, func(s string) (err error) {
		*p, err = parseDuration(s)
		return err
	}}
}

func count(name string, p *int) field {
	return field{name, func() string { return strconv.Itoa(*p) }, func(s string) error {
		n, err := strconv.ParseUint(s, 10, 31)
		if err != nil {
			return fmt.Errorf("expected a count, found %q", s)
		}
		*p = int(n)
		return nil
	}}
}

// durationMax keeps sums of durations far from overflow.
const durationMax = 10_000 * time.Hour

func parseDuration(s string) (time.Duration, error) {
	d, err := time.ParseDuration(s)
	if err != nil || d < 0 || d > durationMax || strings.HasPrefix(s, "-") || strings.HasPrefix(s, "+") {
		return 0, fmt.Errorf("expected a duration such as 1.5ms, at most %v, found %q", durationMax, s)
	}
	return d, nil
}

// ParseSpan reads "1ms..5ms" or "1ms".
func ParseSpan(s string) (Span, error) {
	low, high, ranged := strings.Cut(s, "..")
	if !ranged {
		high = low
	}
	var p Span
	var err error
	if p.Min, err = parseDuration(low); err == nil {
		p.Max, err = parseDuration(high)
	}
	if err != nil {
		return Span{}, err
	}
	if p.Max < p.Min {
		return Span{}, fmt.Errorf("expected the lower end first, found %q", s)
	}
	return p, nil
}
