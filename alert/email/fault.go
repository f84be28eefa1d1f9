package email

import (
	"cmp"
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"net/textproto"

	"github.com/wneessen/go-mail"

	"github.com/outcry/outcry/alert"
)

// fault says in our own words why a mail was not taken. What the server says is not repeated: it may echo anything.
func (n *Notifier) fault(ctx context.Context, err error) error {
	if errors.Is(ctx.Err(), context.Canceled) {
		return fmt.Errorf("notifier %s: the mail to %s was broken off: %w", n.Name(), n.host, context.Canceled)
	}
	code, step := 0, mail.ErrAmbiguous
	if send, ok := errors.AsType[*mail.SendError](err); ok {
		code, step = send.ErrorCode(), send.Reason
	}
	if answer, ok := errors.AsType[*textproto.Error](err); ok && code == 0 {
		code = answer.Code
	}
	if code == 0 {
		return fmt.Errorf("notifier %s: %s %s", n.Name(), n.host, n.complaint(err))
	}
	told := fmt.Errorf("notifier %s: %s answered %d", n.Name(), n.host, code)
	if hint := hint(code, step); hint != "" {
		told = fmt.Errorf("%w: %s", told, hint)
	}
	if code/100 == 5 {
		return alert.Permanent(told)
	}
	return told
}

// hint says what to do about an answer, by its code and the step at which it came.
func hint(code int, step mail.SendErrReason) string {
	switch {
	case code == 530 || code == 534 || code == 535 || code == 538:
		return "it does not accept the user and the password; check those in url, or whether it wants a password for apps"
	case code == 454 || code == 432:
		return "it cannot check the password now; it is tried again"
	case step == mail.ErrSMTPMailFrom:
		return "it does not send for this sender; check sender, and whether the user may use it"
	case step == mail.ErrSMTPRcptTo:
		return "it does not take a recipient; check the addresses in to"
	case code == 552 || code == 452:
		return "a mailbox is full"
	case code == 421 || code == 450 || code == 451:
		return "it wants to be asked later"
	}
	return ""
}

// complaint completes the sentence that begins with the host.
func (n *Notifier) complaint(err error) string {
	if _, ok := errors.AsType[tls.RecordHeaderError](err); ok {
		return "does not speak TLS on this port; write smtp:// for a port with STARTTLS, such as 587"
	}
	return cmp.Or(alert.Complaint(err, n.cfg.Timeout),
		"broke the connection, or lacks what url asks for: STARTTLS for smtp://, a login for a password")
}
