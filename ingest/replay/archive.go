package replay

import (
	"archive/tar"
	"fmt"
	"io"
)

// The magic of a tar archive stands in its first header.
const (
	tarMagic   = "ustar"
	tarMagicAt = 257
)

// archive reads the files of a tar archive one after another as one text, with a line break after each.
type archive struct {
	tar *tar.Reader
	// file is the one that is being read; its Reader is nil between two files.
	file input
	name string
}

func newArchive(src io.Reader) *archive { return &archive{tar: tar.NewReader(src)} }

// Read implements io.Reader.
func (a *archive) Read(p []byte) (int, error) {
	if len(p) == 0 {
		return 0, nil
	}
	if a.file.Reader == nil {
		if err := a.next(); err != nil {
			return 0, err
		}
	}
	n, err := a.file.Read(p)
	switch {
	case err == nil:
		return n, nil
	case err != io.EOF: //nolint:errorlint // io.Reader promises io.EOF itself
		return n, fmt.Errorf("%s: %w", a.name, err)
	case n > 0:
		return n, nil // the end comes again with the next call
	}
	a.close()
	p[0] = '\n'
	return 1, nil
}

// next opens the next file that has anything in it.
func (a *archive) next() error {
	for {
		h, err := a.tar.Next()
		if err != nil {
			return err
		}
		if h.Typeflag != tar.TypeReg || h.Size == 0 {
			continue
		}
		a.name = h.Name
		if a.file.Reader, err = a.file.unwrap(a.tar, layers{compression: true}); err != nil {
			return fmt.Errorf("%s: %w", h.Name, err)
		}
		return nil
	}
}

// close closes the file that is being read.
func (a *archive) close() {
	a.file.close()
	a.file = input{}
}
