package cmd

import (
	"context"
	"fmt"
	"runtime"
	"sync"
	"time"

	"nines/cmd/internal/report"
)

// each does n pieces of work on all cores and shows how far it is. After an
// error no new piece is begun; the error is that of the first piece that
// failed, in their order.
func (p *program) each(ctx context.Context, n int, do func(ctx context.Context, i int) error) error {
	var (
		mutex  sync.Mutex
		next   int
		failed bool
		errs   = make([]error, n)
		done   = make(chan int, n)
	)
	claim := func() (int, bool) {
		mutex.Lock()
		defer mutex.Unlock()
		if failed || next == n || ctx.Err() != nil {
			return 0, false
		}
		next++
		return next - 1, true
	}
	var workers sync.WaitGroup
	for range min(n, runtime.GOMAXPROCS(0)) {
		workers.Go(func() {
			for i, ok := claim(); ok; i, ok = claim() {
				if errs[i] = do(ctx, i); errs[i] != nil {
					mutex.Lock()
					failed = true
					mutex.Unlock()
				}
				done <- i
			}
		})
	}
	go func() { workers.Wait(); close(done) }()
	bar, start, count := p.progress(), time.Now(), 0
	for range done {
		count++
		left := time.Since(start).Seconds() / float64(count) * float64(n-count)
		bar.show(fmt.Sprintf("%d of %d points, %s left, Ctrl-C stops", count, n, report.Duration(float64(int(left+1)))))
	}
	bar.clear()
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return ctx.Err()
}
