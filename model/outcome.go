package model

// Outcome is what a request gets.
type Outcome uint8

const (
	NoAnswer Outcome = iota
	WrongAnswer
	OK
)

var outcomeNames = [...]string{"none", "wrong", "ok"}

func (o Outcome) String() string { return outcomeNames[o] }

// Shares is the distribution of the outcome of a random request; the three
// add up to 1. Each is computed as a sum of positive terms.
type Shares struct {
	OK, Wrong, None float64
}

// Always gives all requests the same outcome.
func Always(o Outcome) Shares {
	switch o {
	case OK:
		return Shares{OK: 1}
	case WrongAnswer:
		return Shares{Wrong: 1}
	}
	return Shares{None: 1}
}

// Outcome is the one that all requests get, if there is only one.
func (s Shares) Outcome() (Outcome, bool) {
	switch {
	case s.OK == 1:
		return OK, true
	case s.Wrong == 1:
		return WrongAnswer, true
	case s.None == 1:
		return NoAnswer, true
	}
	return NoAnswer, false
}

func (s Shares) scaled(by float64) Shares {
	return Shares{s.OK * by, s.Wrong * by, s.None * by}
}

func (s Shares) plus(t Shares) Shares {
	return Shares{s.OK + t.OK, s.Wrong + t.Wrong, s.None + t.None}
}

// Tally counts the members of a group by their condition.
type Tally struct {
	Up, Stale, Wrong, Lost, Down int
}

// Add counts n more members in condition c; n may be negative.
func (t *Tally) Add(c Condition, n int) {
	switch c {
	case Up:
		t.Up += n
	case Stale:
		t.Stale += n
	case Wrong:
		t.Wrong += n
	case Lost:
		t.Lost += n
	default:
		t.Down += n
	}
}

// Answering is the number of members that answer, right or wrong.
func (t Tally) Answering() int { return t.Up + t.Stale + t.Wrong }

// Members is the number of all members.
func (t Tally) Members() int { return t.Answering() + t.Lost + t.Down }

// Group gives the shares of the requests that node n, a Pool, Quorum without
// election, Vote, BFT or Connected, answers with when its members are as t
// counts them.
// Only a pool leaves anything to chance.
func (n *Node) Group(t Tally) Shares {
	switch n.Kind {
	case Pool:
		return n.pool(t)
	case Quorum:
		return Always(enough(t.Up+t.Wrong, t.Wrong, n.K))
	case Vote:
		return Always(n.vote(t))
	case BFT:
		return Always(agreement(t))
	case Connected:
		return Always(enough(t.Answering(), 0, len(n.Children)))
	}
	panic("model: not a group")
}

// enough is the rule of k of n: nothing tells a wrong answer from a right one.
func enough(answering, wrong, k int) Outcome {
	switch {
	case answering < k:
		return NoAnswer
	case wrong > 0:
		return WrongAnswer
	}
	return OK
}

func (n *Node) vote(t Tally) Outcome {
	switch {
	case t.Up+t.Stale >= n.K:
		return OK
	case t.Wrong >= n.K:
		return WrongAnswer
	}
	return NoAnswer
}

// MaxFaulty is the number of wrong members that byzantine agreement among n
// masks, floor((n-1)/3) (Lamport, Shostak, Pease 1982).
func MaxFaulty(n int) int { return (n - 1) / 3 }

func agreement(t Tally) Outcome {
	n := t.Members()
	f := MaxFaulty(n)
	switch {
	case t.Wrong > f:
		return WrongAnswer
	case t.Up+t.Stale >= n-f:
		return OK
	}
	return NoAnswer
}

// pool deals requests in rotation to the members that answer and to those
// that are lost. A request tries Retry+1 different members at most and takes
// the first answer, so it gets none with the chance that all of them are lost,
// a draw without replacement (hypergeometric).
func (n *Node) pool(t Tally) Shares {
	answering := t.Answering()
	if answering < n.K || answering == 0 {
		return Shares{None: 1}
	}
	none := 1.0
	for i := range n.Retry + 1 {
		if none *= float64(t.Lost-i) / float64(answering+t.Lost-i); none == 0 {
			break
		}
	}
	// The first member met that answers is any of them alike.
	some := answered(answering, t.Lost, n.Retry)
	right, wrong := float64(t.Up+t.Stale)/float64(answering), float64(t.Wrong)/float64(answering)
	return Shares{OK: some * right, Wrong: some * wrong, None: none}
}

// answered is 1 - P(all of retry+1 members drawn are lost) as a sum of
// positive terms: the i-th try is the first that meets one that answers.
func answered(answering, lost, retry int) float64 {
	if lost <= retry {
		return 1
	}
	sum, allLost := 0.0, 1.0
	for i := range retry + 1 {
		rest := float64(answering + lost - i)
		sum += allLost * float64(answering) / rest
		allLost *= float64(lost-i) / rest
	}
	return sum
}
