package cmd

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"

	"nines/model"
	"nines/montecarlo"
)

// A job is all that the result of a simulation depends on, the texts of the
// model included, so that what is in a file can be carried on anywhere.
type job struct {
	Version    string            `json:"nines"`
	Files      []string          `json:"files"` // of the model, as given
	Texts      map[string][]byte `json:"texts"` // of all files that were read
	Set        map[string]string `json:"set"`
	Scenario   string            `json:"scenario"`
	Systems    []string          `json:"systems"`
	Mission    float64           `json:"mission"`
	At         float64           `json:"at"`
	Horizon    float64           `json:"horizon"`
	Method     string            `json:"method"`
	Window     float64           `json:"window"`
	Runs       int               `json:"runs"`
	Until      model.Prob        `json:"until"`
	UntilText  string            `json:"until_text"`
	Confidence model.Prob        `json:"confidence"`
	Seed       uint64            `json:"seed"`
}

// job is what the flags ask for.
func (f *simulateFlags) job(p *program, files []string) *job {
	return &job{
		Version: version(), Files: files, Texts: p.sources, Set: f.set, Scenario: f.scenario, Systems: f.systems, Mission: f.mission.seconds,
		At: f.at.seconds, Horizon: f.horizon.seconds, Window: f.window.seconds, Runs: f.runs, Until: f.until.p, UntilText: f.until.text,
		Confidence: f.confidence.p, Seed: f.seed, Method: f.method.value,
	}
}

// flags are those that ask for a job.
func (j *job) flags() *simulateFlags {
	f := &simulateFlags{runs: j.Runs, seed: j.Seed, until: share{j.Until, j.UntilText}, confidence: share{p: j.Confidence}}
	f.method.value = j.Method
	f.set, f.scenario, f.systems = j.Set, j.Scenario, j.Systems
	f.mission.seconds, f.at.seconds, f.horizon.seconds, f.window.seconds = j.Mission, j.At, j.Horizon, j.Window
	return f
}

// differs says in what another job is different, "" if in nothing.
func (j *job) differs(other *job) string {
	switch {
	case j.Version != other.Version:
		return fmt.Sprintf("version of nines: %s and %s", j.Version, other.Version)
	case !slices.Equal(j.Files, other.Files):
		return fmt.Sprintf("model: %s and %s", strings.Join(j.Files, " "), strings.Join(other.Files, " "))
	case !maps.EqualFunc(j.Texts, other.Texts, bytes.Equal):
		return "text of the model"
	}
	for _, flag := range []struct {
		name     string
		one, two any
	}{
		{"set", assignments(j.Set).String(), assignments(other.Set).String()}, {"scenario", j.Scenario, other.Scenario},
		{"system", fmt.Sprint(j.Systems), fmt.Sprint(other.Systems)}, {"mission", j.Mission, other.Mission}, {"at", j.At, other.At},
		{"horizon", j.Horizon, other.Horizon}, {"method", j.Method, other.Method}, {"window", j.Window, other.Window}, {"runs", j.Runs, other.Runs},
		{"until", j.Until, other.Until}, {"confidence", j.Confidence, other.Confidence}, {"seed", j.Seed, other.Seed},
	} {
		if flag.one != flag.two {
			return fmt.Sprintf("--%s: %v and %v", flag.name, flag.one, flag.two)
		}
	}
	return ""
}

// A record is a file that keeps what has become of a job so far: a part, which
// is one of some shards, or a checkpoint.
type record struct {
	job
	Shard  int `json:"shard"` // from 1; 0: a checkpoint
	Shards int `json:"shards"`
	state  []byte
}

// recordHead begins every record. A line follows with the checksum of all that
// comes after it: a line of JSON, and the state.
const recordHead = "nines record 1\n"

func (r *record) bytes() []byte {
	body, err := json.Marshal(r)
	if err != nil {
		panic(err) // numbers and texts always can be
	}
	body = append(append(body, '\n'), r.state...)
	sum := sha256.Sum256(body)
	return slices.Concat([]byte(recordHead+hex.EncodeToString(sum[:])+"\n"), body)
}

// readRecord reads a file that was written by bytes.
func readRecord(file string) (*record, error) {
	text, err := os.ReadFile(file)
	if err != nil {
		return nil, unreadable(file, err)
	}
	text, ours := bytes.CutPrefix(text, []byte(recordHead))
	sum, body, _ := bytes.Cut(text, []byte("\n"))
	if !ours {
		return nil, wrong("nines simulate --shard writes parts, --checkpoint checkpoints", "%s is neither a part nor a checkpoint of nines", file)
	}
	head, state, _ := bytes.Cut(body, []byte("\n"))
	got, r := sha256.Sum256(body), &record{state: state}
	if hex.EncodeToString(got[:]) != string(sum) || json.Unmarshal(head, r) != nil {
		return nil, wrong("make it again", "%s is damaged: its checksum does not match", file)
	}
	return r, nil
}

// options of a job on the system that was loaded for it.
func (f *simulateFlags) options(sys *model.System) montecarlo.Options {
	return montecarlo.Options{
		Runs: f.runs, Until: f.until.p.P, Time: seconds(f.time.seconds), Horizon: f.horizon.seconds, Method: montecarlo.Method(f.method.value), At: f.at.seconds, Windows: f.windows(sys),
		Confidence: f.confidence.p.P, Seed: f.seed, Workers: f.workers, Targets: f.systems,
	}
}
