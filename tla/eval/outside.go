package eval

import (
	"fmt"
	"os"
	"sort"
	"strconv"
	"strings"

	"github.com/lockstep-go/lockstep/tla/value"
)

// The operators of CSV and IOUtils: files, the environment, and commands. Files
// are read and written where the specification says; a command runs only if the
// Machine has an Exec.

// placeholders puts values into the places %1$s, %2$s, ... and %s of a template.
func (m *Machine) placeholders(s *Site, template string, vals []string) string {
	var b strings.Builder
	next := 0
	for i := 0; i < len(template); i++ {
		if template[i] != '%' {
			b.WriteByte(template[i])
			continue
		}
		rest := template[i+1:]
		if strings.HasPrefix(rest, "%") {
			b.WriteByte('%')
			i++
			continue
		}
		digits := len(rest) - len(strings.TrimLeft(rest, "0123456789"))
		at := next
		switch {
		case digits > 0 && strings.HasPrefix(rest[digits:], "$s"):
			n, err := strconv.Atoi(rest[:digits])
			if err != nil {
				n = 0
			}
			at = n - 1
			i += digits + 2
		case strings.HasPrefix(rest, "s"):
			next++
			i++
		default:
			m.fail(s, "found %q in the template %q, expected a place such as %%1$s", "%"+rest, template)
		}
		if at < 0 || at >= len(vals) {
			m.fail(s, "the template %q names value %d, found %d values", template, at+1, len(vals))
		}
		b.WriteString(vals[at])
	}
	return b.String()
}

// plain returns v as text: a string without its quotes.
func (m *Machine) plain(v value.Value) string {
	if v.Kind() == value.KindString {
		return m.Text(v)
	}
	return m.Local.Print(v)
}

func (m *Machine) plainAll(s *Site, v value.Value, what string) []string {
	var out []string
	for _, e := range m.seq(s, v, what) {
		out = append(out, m.plain(e))
	}
	return out
}

func csvWrite(m *Machine, s *Site, args []value.Value) value.Value {
	template := m.text(s, args[0], "template given to CSVWrite")
	line := m.placeholders(s, template, m.plainAll(s, m.Canon(args[1]), "second argument of CSVWrite"))
	m.writeFile(s, args[2], []byte(line+"\n"), "CSVWrite", os.O_APPEND)
	return value.True
}

func lines(text []byte) []string {
	t := strings.TrimSuffix(strings.ReplaceAll(string(text), "\r\n", "\n"), "\n")
	if t == "" {
		return nil
	}
	return strings.Split(t, "\n")
}

func csvRead(m *Machine, s *Site, args []value.Value) value.Value {
	columns := m.seq(s, args[0], "first argument of CSVRead")
	for _, c := range columns {
		m.text(s, c, "name of a column")
	}
	delimiter := m.text(s, args[1], "delimiter given to CSVRead")
	file, text := m.readFile(s, args[2], "CSVRead")
	var out []value.Value
	for i, line := range lines(text) {
		cells := strings.Split(line, delimiter)
		if len(cells) != len(columns) {
			m.fail(s, "found %d cells in line %d of %s, expected %d", len(cells), i+1, file, len(columns))
		}
		var vs []value.Value
		for _, c := range cells {
			vs = append(vs, m.Str(c))
		}
		out = append(out, m.Record(columns, vs))
	}
	return m.Tuple(out...)
}

func csvRecords(m *Machine, s *Site, a value.Value) value.Value {
	file := m.text(s, a, "file name given to CSVRecords")
	text, err := os.ReadFile(file)
	if os.IsNotExist(err) {
		return value.Int(0)
	}
	if err != nil {
		m.fail(s, "CSVRecords cannot read its file: %v", err)
	}
	return value.Int(int32(len(lines(text))))
}

func environment(m *Machine, s *Site, _ []value.Value) value.Value {
	env := os.Environ()
	sort.Strings(env)
	var ks, vs []value.Value
	for _, e := range env {
		if k, v, ok := strings.Cut(e, "="); ok && k != "" {
			ks, vs = append(ks, m.Str(k)), append(vs, m.Str(v))
		}
	}
	return m.Func(ks, vs)
}

func atoi(m *Machine, s *Site, a value.Value) value.Value {
	text := m.text(s, a, "argument of atoi")
	n, err := strconv.ParseInt(text, 10, 32)
	if err != nil {
		m.fail(s, "The argument of atoi should say an integer of 32 bits, but instead it is:\n%s", m.Local.Print(a))
	}
	return value.Int(int32(n))
}

func zeroPadN(m *Machine, s *Site, a, b value.Value) value.Value {
	width := m.natural(s, b, "second argument of zeroPadN")
	if width > 1<<10 {
		m.fail(s, "The second argument of zeroPadN should be at most 1024, but instead it is:\n%d", width)
	}
	return m.Str(fmt.Sprintf("%0*d", width, m.int(s, a, "first argument of zeroPadN")))
}

// outcome is the record that Serialize, Deserialize and IOExec return.
func (m *Machine) outcome(exit int, stdout value.Value, stderr string) value.Value {
	return m.Record([]value.Value{m.Str("exitValue"), m.Str("stdout"), m.Str("stderr")},
		[]value.Value{value.Int(int32(exit)), stdout, m.Str(stderr)})
}

// textFormat checks the options of Serialize and Deserialize: only plain text is
// known.
func (m *Machine) textFormat(s *Site, opts value.Value, op string) (appends bool) {
	opts = m.Canon(opts)
	format, ok := m.Lookup(opts, m.Str("format"))
	if !ok || format != m.Str("TXT") {
		m.refused(s, "%s in another format than \"TXT\" is not supported", op)
	}
	if open, ok := m.Lookup(opts, m.Str("openOptions")); ok {
		for _, o := range m.seq(s, open, "openOptions of "+op) {
			appends = appends || o == m.Str("APPEND")
		}
	}
	return appends
}

func serialize(m *Machine, s *Site, args []value.Value) value.Value {
	flags := os.O_TRUNC
	if m.textFormat(s, args[2], "Serialize") {
		flags = os.O_APPEND
	}
	m.writeFile(s, args[1], []byte(m.plain(m.Canon(args[0]))), "Serialize", flags)
	return m.outcome(0, m.Str(""), "")
}

func deserialize(m *Machine, s *Site, file, opts value.Value) value.Value {
	m.textFormat(s, opts, "Deserialize")
	_, text := m.readFile(s, file, "Deserialize")
	return m.outcome(0, m.Str(string(text)), "")
}

// exec runs a command, or refuses to.
func (m *Machine) exec(s *Site, op string, env value.Value, argv []string) value.Value {
	if m.Exec == nil {
		m.refused(s, "%s would run the command %q: commands of specifications are not run", op, strings.Join(argv, " "))
	}
	var set []string
	if env != 0 {
		env = m.Canon(env)
		vs := m.Values(env)
		for i, k := range m.Elems(m.Domain(env)) {
			set = append(set, m.plain(k)+"="+m.plain(vs[i]))
		}
	}
	exit, stdout, stderr, err := m.Exec(argv, set)
	if err != nil {
		m.fail(s, "%s cannot run the command: %v", op, err)
	}
	return m.outcome(exit, m.Str(stdout), stderr)
}

func (m *Machine) filled(s *Site, command, params value.Value, op string) []string {
	vals := m.plainAll(s, m.Canon(params), "parameters of "+op)
	argv := m.plainAll(s, m.Canon(command), "command of "+op)
	for i, a := range argv {
		argv[i] = m.placeholders(s, a, vals)
	}
	return argv
}

func execCommand(m *Machine, s *Site, a value.Value) value.Value {
	return m.exec(s, "IOExec", 0, m.plainAll(s, m.Canon(a), "command of IOExec"))
}

func execEnv(m *Machine, s *Site, args []value.Value) value.Value {
	return m.exec(s, "IOEnvExec", args[0], m.plainAll(s, m.Canon(args[1]), "command of IOEnvExec"))
}

func execTemplate(m *Machine, s *Site, args []value.Value) value.Value {
	return m.exec(s, "IOExecTemplate", 0, m.filled(s, args[0], args[1], "IOExecTemplate"))
}

func execEnvTemplate(m *Machine, s *Site, args []value.Value) value.Value {
	return m.exec(s, "IOEnvExecTemplate", args[0], m.filled(s, args[1], args[2], "IOEnvExecTemplate"))
}
