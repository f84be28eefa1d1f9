package main

import (
	"fmt"
	"io"
	"time"

	"github.com/schollz/progressbar/v3"

	"github.com/outcry/outcry/internal/obs"
)

// progress shows how far long work has come, on a terminal only.
type progress struct {
	err io.Writer
	bar *progressbar.ProgressBar
}

// reading is the progress of reading files, in bytes.
func (a *app) reading() *progress {
	return a.progress(-1, "reading", progressbar.OptionShowBytes(true))
}

// counting is the progress of work in total steps.
func (a *app) counting(total int, what string) *progress {
	return a.progress(int64(total), what, progressbar.OptionShowCount())
}

func (a *app) progress(total int64, what string, options ...progressbar.Option) *progress {
	p := &progress{err: a.std.err}
	if obs.IsTerminal(a.std.err) {
		p.bar = progressbar.NewOptions64(total, append(options, progressbar.OptionSetWriter(a.std.err),
			progressbar.OptionThrottle(100*time.Millisecond), progressbar.OptionClearOnFinish(), progressbar.OptionSetDescription(what))...)
	}
	return p
}

// read says how many bytes have been read, of how many, with how many posts. bytesTotal 0: nobody knows.
func (p *progress) read(bytesRead, bytesTotal int64, posts int) {
	if p.bar == nil {
		return
	}
	if bytesTotal > 0 {
		p.bar.ChangeMax64(bytesTotal)
	}
	p.bar.Describe(fmt.Sprintf("%d posts", posts))
	_ = p.bar.Set64(bytesRead)
}

// step says that n more steps are done. It may be called from several goroutines.
func (p *progress) step(n int) {
	if p.bar != nil {
		_ = p.bar.Add(n)
	}
}

// say prints a line between two states of the bar.
func (p *progress) say(format string, args ...any) {
	if p.bar != nil {
		_ = p.bar.Clear()
	}
	_, _ = fmt.Fprintf(p.err, format, args...)
}

func (p *progress) finish() {
	if p.bar != nil {
		_ = p.bar.Finish()
	}
}
