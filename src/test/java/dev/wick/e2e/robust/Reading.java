package dev.wick.e2e.robust;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What RFC 9112 makes of octets that a client sends, read by its grammar and nothing else: an
 * opinion that owes nothing to the parser under test. Whatever the grammar does not allow ends the
 * reading. Octets are characters here.
 */
final class Reading {

    enum End {
        /** After a whole message. */
        COMPLETE,
        /** Within one. */
        INCOMPLETE,
        /** At what is no HTTP, or nothing that is forwarded. */
        REFUSED
    }

    private static final Pattern REQUEST_LINE =
            Pattern.compile("([!#$%&'*+.^_`|~0-9A-Za-z-]+) ([!-~\\x80-\\xff]+) HTTP/1\\.1");
    private static final Pattern ABSOLUTE = Pattern.compile("(?i)https?://([^/?#]+)([/?].*)?");
    private static final Pattern FIELD =
            Pattern.compile(
                    "([!#$%&'*+.^_`|~0-9A-Za-z-]+):[ \\t]*([\\t -~\\x80-\\xff]*)", Pattern.DOTALL);
    private static final Pattern CHUNK =
            Pattern.compile("0*([0-9A-Fa-f]{1,15})(;[\\t -~\\x80-\\xff]*|[ \\t]*(;.*)?)");
    private static final Pattern LENGTH = Pattern.compile("[0-9]{1,18}");

    private final String octets;
    private final List<Message> messages = new ArrayList<>();
    private @Nullable Message begun;
    private End end = End.COMPLETE;
    private int at;

    private Reading(String octets) {
        this.octets = octets;
    }

    static Reading of(String octets) {
        Reading reading = new Reading(octets);
        while (reading.end == End.COMPLETE && reading.at < octets.length()) {
            reading.message();
        }
        return reading;
    }

    /** The whole messages before the end, in order. */
    List<Message> messages() {
        return messages;
    }

    /** The message within which it ended, as far as it had come; null where there is none. */
    @Nullable Message begun() {
        return begun;
    }

    End end() {
        return end;
    }

    /** The next line without its CRLF; null where it has no end. */
    private @Nullable String line() {
        int to = octets.indexOf("\r\n", at);
        if (to < 0) {
            end = End.INCOMPLETE;
            return null;
        }
        String line = octets.substring(at, to);
        at = to + 2;
        return line;
    }

    private void message() {
        String first = line();
        if (first == null || first.isEmpty()) {
            return;
        }
        Matcher line = REQUEST_LINE.matcher(first);
        if (!line.matches() || line.group(1).equals("CONNECT")) {
            end = End.REFUSED;
            return;
        }
        Head head = new Head();
        for (String field = line(); field == null || !field.isEmpty(); field = line()) {
            if (field == null) {
                return;
            }
            if (!head.take(field)) {
                end = End.REFUSED;
                return;
            }
        }
        String target = target(line.group(2), head);
        if (target == null || !head.sound()) {
            end = End.REFUSED;
            return;
        }
        begun = new Message(line.group(1), target, head.host, "");
        body(head, begun);
    }

    private static @Nullable String target(String text, Head head) {
        if (text.startsWith("/") || text.equals("*")) {
            return text;
        }
        Matcher absolute = ABSOLUTE.matcher(text);
        if (!absolute.matches()) {
            return null;
        }
        if (head.hosts == 1) {
            head.host = absolute.group(1);
        }
        String path = absolute.group(2) == null ? "" : absolute.group(2);
        return path.startsWith("/") ? path : "/" + path;
    }

    private void body(Head head, Message message) {
        StringBuilder body = new StringBuilder();
        if (head.chunked) {
            chunks(body);
        } else {
            String length = head.lengths.isEmpty() ? "0" : head.lengths.iterator().next();
            data(Long.parseLong(length), body);
        }
        Message read =
                new Message(message.method(), message.target(), message.host(), body.toString());
        if (end == End.COMPLETE) {
            messages.add(read);
            begun = null;
        } else {
            begun = read;
        }
    }

    private void data(long length, StringBuilder to) {
        int here = (int) Math.min(length, octets.length() - at);
        to.append(octets, at, at + here);
        at += here;
        if (here < length) {
            end = End.INCOMPLETE;
        }
    }

    private void chunks(StringBuilder to) {
        long size = 1;
        while (size > 0 && end == End.COMPLETE) {
            String line = line();
            if (line == null) {
                return;
            }
            Matcher chunk = CHUNK.matcher(line);
            if (!chunk.matches()) {
                end = End.REFUSED;
                return;
            }
            size = Long.parseLong(chunk.group(1), 16);
            data(size, to);
            if (size > 0 && end == End.COMPLETE && !"".equals(afterChunk())) {
                return;
            }
        }
        for (String field = trailer(); field != null && !field.isEmpty(); field = trailer()) {
            if (!FIELD.matcher(field).matches()) {
                end = End.REFUSED;
            }
        }
    }

    private @Nullable String trailer() {
        return end == End.COMPLETE ? line() : null;
    }

    /** The empty line; null where it is not there. */
    private @Nullable String afterChunk() {
        if (octets.startsWith("\r\n", at)) {
            at += 2;
            return "";
        }
        boolean cut = octets.length() - at < 2 && "\r\n".startsWith(octets.substring(at));
        end = cut ? End.INCOMPLETE : End.REFUSED;
        return null;
    }

    /** What the fields of a head say of its framing. */
    private static final class Head {
        private final Set<String> lengths = new HashSet<>();
        private String host = "";
        private int hosts;
        private int codings;
        private boolean chunked;
        private boolean lengthsSound = true;

        boolean take(String line) {
            Matcher field = FIELD.matcher(line);
            if (!field.matches()) {
                return false;
            }
            String value = stripped(field.group(2));
            switch (field.group(1).toLowerCase(Locale.ROOT)) {
                case "host" -> {
                    hosts++;
                    host = value;
                }
                case "content-length" -> length(value);
                case "transfer-encoding" -> {
                    codings++;
                    chunked = value.equalsIgnoreCase("chunked");
                }
                default -> {
                    // Says nothing of framing.
                }
            }
            return true;
        }

        private static String stripped(String value) {
            return value.replaceAll("^[ \\t]+|[ \\t]+$", "");
        }

        /** The same number again, and a list of it, mean that number (RFC 9112, 6.3). */
        private void length(String value) {
            for (String one : value.split(",", -1)) {
                lengths.add(stripped(one));
                lengthsSound &= LENGTH.matcher(stripped(one)).matches();
            }
        }

        boolean sound() {
            boolean framing = codings == 0 || codings == 1 && chunked && lengths.isEmpty();
            return hosts == 1 && !host.isEmpty() && framing && lengthsSound && lengths.size() <= 1;
        }
    }
}
