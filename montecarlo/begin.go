package montecarlo

// begin goes to time 0, with everything as new or in its long run. Parts that
// interact in time start as new also then, and warm up.
func (e *engine) begin(longRun bool) {
	e.now, e.clock, e.passed, e.weight = 0, 0, 0, 1
	e.queue = e.queue[:0]
	for d, n := range e.ev.live {
		if n > 0 {
			e.ev.addLive(d, -n)
		}
	}
	for i := range e.p.parts {
		at := &e.p.parts[i]
		switch {
		case at.static:
			e.drawStatic(i)
		case at.coupled:
		case longRun:
			e.join(i)
		default:
			e.put(i, at.first)
			if !at.pooled {
				stay, to := e.p.states[at.first].draw(&e.stream)
				e.enqueue(i, stay, to)
			}
		}
	}
	if longRun {
		e.joinDeploys()
	}
	for i := range e.actors {
		e.rouse(i)
	}
	e.pooled = e.ring()
	e.start()
	if longRun && e.p.warmUp > 0 {
		for end := e.p.warmUp * (1 + e.stream.Float64()); e.step(end); {
		}
		e.start()
	}
}

// drawStatic decides whether a part without dynamics is up in this run.
func (e *engine) drawStatic(part int) {
	state := e.p.parts[part].first
	if up := e.p.sys.Parts[part].Static; up.P < up.Q && e.stream.fine() >= up.P || up.P >= up.Q && e.stream.fine() < up.Q {
		state++
	}
	e.ev.setPart(part, e.p.states[state].condition)
}

// join finds a part somewhere in its long run.
func (e *engine) join(part int) {
	at, start := &e.p.parts[part], e.p.starts[part]
	i := start.draw(&e.stream)
	e.put(part, at.first+i)
	if i == 0 && at.pooled {
		return
	}
	age := 0.0
	if law := start.ages[i]; law != nil {
		age = law.draw(&e.stream)
	}
	e.born[part] = -age
	rest, to := e.p.states[at.first+i].drawAged(age, &e.stream)
	e.enqueue(part, rest, to)
}

// joinDeploys draws the bad deploys that are live in the long run: a Poisson
// number, each at a random moment of its stay.
func (e *engine) joinDeploys() {
	for d := range e.p.fixes {
		f := &e.p.fixes[d]
		for x := e.stream.ExpFloat64(); x < f.live; x += e.stream.ExpFloat64() {
			e.ev.addLive(d, 1)
			e.queue.push(entry{f.drawRest(&e.stream), int32(len(e.states) + d)})
		}
	}
}

// start brings the evaluator up to date and sets the watches anew.
func (e *engine) start() {
	e.ev.propagate()
	e.untouch()
	e.since, e.alive = e.clock, 0
	if e.journal != nil {
		e.journal.start()
	}
	for i := range e.watches {
		w := &e.watches[i]
		w.since, w.sum = e.clock, vector{}
		w.look(&e.ev.nodes[w.node])
		w.begin(e.clock, e.weight)
		if w.alive {
			e.alive++
		}
	}
}
