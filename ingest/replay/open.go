package replay

import (
	"bufio"
	"bytes"
	"compress/bzip2"
	"context"
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"
)

// input is one opened path: its text, uncompressed.
type input struct {
	io.Reader
	closers []func()
}

func (in *input) close() {
	for _, c := range in.closers {
		c()
	}
}

// open opens a path at an offset of its uncompressed text. read counts the bytes as stored.
func open(ctx context.Context, c *Config, path string, offset int64, read *int64) (*input, error) {
	in := &input{}
	if path == Stdin {
		p, stop := startPump(ctx, c.Stdin)
		in.closers = append(in.closers, stop)
		in.Reader = p
	} else {
		f, err := os.Open(path)
		if err != nil {
			return nil, fmt.Errorf("open a file to replay: %w", err)
		}
		in.closers = append(in.closers, func() { _ = f.Close() }) // nothing was written, so nothing can be lost
		in.Reader = f
	}
	if err := in.uncompress(&counter{src: in.Reader, n: read}, path, offset); err != nil {
		in.close()
		return nil, err
	}
	return in, nil
}

// uncompress puts what uncompresses the file between it and the reader, and moves to the offset.
func (in *input) uncompress(src io.Reader, path string, offset int64) error {
	var err error
	if in.Reader, err = in.unwrap(src, layers{compression: true, archive: true}); err != nil {
		return fmt.Errorf("open %s: %w", path, err)
	}
	if _, err := io.CopyN(io.Discard, in.Reader, offset); err != nil {
		return fmt.Errorf("%s is shorter than when it was read before (%d bytes); `outcry sources forget` has it begin anew: %w", path, offset, err)
	}
	return nil
}

// layers says what may still be found within a file: a compression, and an archive whose files may be compressed again.
type layers struct {
	compression, archive bool
}

// unwrap looks at the first bytes and gives the text within.
func (in *input) unwrap(src io.Reader, may layers) (io.Reader, error) {
	buffered := bufio.NewReaderSize(src, 64<<10)
	head, err := buffered.Peek(tarMagicAt + len(tarMagic))
	if err != nil && len(head) == 0 && !errors.Is(err, io.EOF) {
		return nil, err
	}
	if may.compression {
		text, err := in.decompressor(buffered, head)
		if err != nil {
			return nil, err
		}
		if text != nil {
			return in.unwrap(text, layers{archive: may.archive})
		}
	}
	if may.archive && len(head) > tarMagicAt && string(head[tarMagicAt:]) == tarMagic {
		a := newArchive(buffered)
		in.closers = append([]func(){a.close}, in.closers...)
		return a, nil
	}
	return buffered, nil
}

// decompressor gives what uncompresses a file that begins with head; nil: nothing needs to.
func (in *input) decompressor(src io.Reader, head []byte) (io.Reader, error) {
	switch {
	case bytes.HasPrefix(head, []byte{0x1f, 0x8b}):
		z, err := gzip.NewReader(src)
		if err != nil {
			return nil, fmt.Errorf("it begins like a gzip file but is none: %w", err)
		}
		return z, nil
	case bytes.HasPrefix(head, []byte{0x28, 0xb5, 0x2f, 0xfd}):
		z, err := zstd.NewReader(src, zstd.WithDecoderMaxWindow(maxWindow))
		if err != nil {
			return nil, fmt.Errorf("it begins like a zstd file but is none: %w", err)
		}
		in.closers = append([]func(){z.Close}, in.closers...)
		return z, nil
	case bytes.HasPrefix(head, []byte("BZh")):
		return bzip2.NewReader(src), nil
	}
	return nil, nil
}

// maxWindow bounds the memory that a zstd file can ask for; it is what the zstd program allows by default.
const maxWindow = 128 << 20

// counter counts what is read through it.
type counter struct {
	src io.Reader
	n   *int64
}

func (c *counter) Read(p []byte) (int, error) {
	n, err := c.src.Read(p)
	*c.n += int64(n)
	return n, err
}

// sizes adds up the sizes of the files; 0: not known, because standard input is among them.
func sizes(paths []string) int64 {
	var total int64
	for _, p := range paths {
		info, err := os.Stat(p)
		if p == Stdin || err != nil || !info.Mode().IsRegular() {
			return 0
		}
		total += info.Size()
	}
	return total
}
