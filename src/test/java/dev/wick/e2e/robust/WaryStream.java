package dev.wick.e2e.robust;

import dev.wick.e2e.harness.Field;
import java.net.ProtocolException;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** A request as it comes to a {@link WarySession}, held against RFC 9113, 8. One thread. */
final class WaryStream {

    /** What only HTTP/1 has a use for, or only one connection. */
    private static final Set<String> FORBIDDEN =
            Set.of(
                    "connection",
                    "keep-alive",
                    "proxy-connection",
                    "transfer-encoding",
                    "upgrade",
                    "http2-settings");

    /** What trailers may say no more. */
    private static final Set<String> TOO_LATE = Set.of("content-length", "host", "te", "expect");

    private static final Pattern METHOD = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");
    private static final Pattern PATH = Pattern.compile("/[!\"$-~\\x80-\\xff]*|\\*");
    private static final Pattern AUTHORITY = Pattern.compile("[!$-?A-Z_a-z~\\[\\]]+");
    private static final Pattern NAME = Pattern.compile("[!#$%&'*+.^_`|~0-9a-z-]+");

    /** Without white space at either end. */
    private static final Pattern VALUE =
            Pattern.compile("|[!-~\\x80-\\xff]([\\t -~\\x80-\\xff]*[!-~\\x80-\\xff])?");

    private static final Pattern LENGTH = Pattern.compile("[0-9]{1,18}");

    private final List<Field> head;
    private final StringBuilder body = new StringBuilder();
    private long window;

    /**
     * @param window how much of a body it may send
     */
    WaryStream(List<Field> head, long window) throws ProtocolException {
        this.head = head;
        this.window = window;
        checkPseudo();
        for (Field field : head.subList(4, head.size())) {
            checkField(field);
        }
        checkFraming();
        boolean ours =
                count("x-request-id") == 1
                        && count("x-forwarded-proto") == 1
                        && count("x-envoy-internal") == 0;
        require(ours, "what the gateway says");
    }

    private void checkPseudo() throws ProtocolException {
        for (String name : List.of(":method", ":scheme", ":path", ":authority")) {
            require(count(name) == 1, name + " once");
        }
        for (int i = 0; i < head.size(); i++) {
            require(head.get(i).name().startsWith(":") == i < 4, "four pseudo fields, first");
        }
        boolean asterisk = method().equals("OPTIONS") || !value(":path").equals("*");
        require(METHOD.matcher(method()).matches() && !method().equals("CONNECT"), ":method");
        require(PATH.matcher(value(":path")).matches() && asterisk, ":path");
        require(value(":scheme").matches("https?"), ":scheme");
        require(AUTHORITY.matcher(value(":authority")).matches(), ":authority");
    }

    private void checkField(Field field) throws ProtocolException {
        require(NAME.matcher(field.name()).matches(), "the name " + field.name());
        require(VALUE.matcher(field.value()).matches(), "the value of " + field);
        require(!FORBIDDEN.contains(field.name()), "no " + field.name());
        require(!field.name().equals("te") || field.value().equals("trailers"), field.toString());
        boolean host = !field.name().equals("host") || field.value().equals(value(":authority"));
        require(host, "one host, and not " + field);
    }

    private void checkFraming() throws ProtocolException {
        require(count("content-length") <= 1, "one length");
        String length = value("content-length");
        require(length.isEmpty() || LENGTH.matcher(length).matches(), "a length");
    }

    String method() {
        return value(":method");
    }

    Message message() {
        return new Message(method(), value(":path"), value(":authority"), body.toString());
    }

    /** The other side may send so much more. */
    void widen(long by) {
        window += by;
    }

    void data(String octets) throws ProtocolException {
        require(octets.length() <= window, "no more than the window has, " + window);
        window -= octets.length();
        body.append(octets);
        require(left() >= 0, "no more than was said");
    }

    /** What follows the body. */
    void trailers(List<Field> fields) throws ProtocolException {
        for (Field field : fields) {
            checkField(field);
            require(!TOO_LATE.contains(field.name()), "no trailer " + field);
        }
    }

    /** The request is whole. */
    void end() throws ProtocolException {
        require(left() == 0 || value("content-length").isEmpty(), "as much as was said");
    }

    private long left() {
        String length = value("content-length");
        return length.isEmpty() ? 0 : Long.parseLong(length) - body.length();
    }

    private long count(String name) {
        return head.stream().filter(field -> field.name().equals(name)).count();
    }

    private String value(String name) {
        for (Field field : head) {
            if (field.name().equals(name)) {
                return field.value();
            }
        }
        return "";
    }

    private void require(boolean holds, String expected) throws ProtocolException {
        WarySession.require(holds, expected + ", in " + head + " and a body of " + body.length());
    }
}
