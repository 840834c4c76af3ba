package dev.wick.bench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * The upstream of all contestants: answers every HTTP/1.1 request with 200 and 1 KiB. Understands Content-Length and
 * chunked bodies that end in an empty chunk without trailers, which is what proxies send. A process of its own, so that its time
 * is nobody's.
 */
final class Backend extends Conversation {

    private static final byte[] ANSWER = answer();
    private static final int MOST = 64 * 1024;

    private long bodyLeft;
    private boolean chunked;

    private Backend() {
        super(MOST);
    }

    private static byte[] answer() {
        String head = "HTTP/1.1 200 OK\r\ncontent-type: text/plain\r\ncontent-length: 1024\r\n\r\n";
        return (head + "x".repeat(1024)).getBytes(StandardCharsets.ISO_8859_1);
    }

    public static void main(String[] arguments) throws IOException {
        serve(Integer.parseInt(arguments[0]), Backend::new);
    }

    @Override
    void take(ByteBuffer came) {
        int requests = requests(came);
        if (requests > 0) {
            ByteBuffer answers = ByteBuffer.allocate(requests * ANSWER.length);
            for (int i = 0; i < requests; i++) {
                answers.put(ANSWER);
            }
            send(answers.flip());
        }
    }

    /** Takes whole requests out of what came; how many. */
    private int requests(ByteBuffer in) {
        int requests = 0;
        while (true) {
            if (chunked) {
                int end = indexOf(in, "0\r\n\r\n");
                if (end < 0) {
                    // What is left may hold the beginning of the end.
                    in.position(Math.max(in.position(), in.limit() - 4));
                    break;
                }
                in.position(end + 5);
                chunked = false;
                requests++;
            } else if (bodyLeft > 0) {
                int part = (int) Math.min(bodyLeft, in.remaining());
                in.position(in.position() + part);
                bodyLeft -= part;
                if (bodyLeft > 0) {
                    break;
                }
                requests++;
            } else {
                int end = indexOf(in, "\r\n\r\n");
                if (end < 0) {
                    break;
                }
                head(in, end);
                in.position(end + 4);
                requests += bodyLeft == 0 && !chunked ? 1 : 0;
            }
        }
        return requests;
    }

    private void head(ByteBuffer in, int end) {
        if (in.get(in.position()) == 'G') {
            return;
        }
        String head =
                new String(in.array(), in.position(), end - in.position(), StandardCharsets.ISO_8859_1).toLowerCase();
        int length = head.indexOf("\r\ncontent-length:");
        if (length >= 0) {
            int from = length + "\r\ncontent-length:".length();
            int to = head.indexOf('\r', from);
            bodyLeft = Long.parseLong(head.substring(from, to < 0 ? head.length() : to).strip());
        } else {
            chunked = head.contains("\r\ntransfer-encoding: chunked");
        }
    }

    private static int indexOf(ByteBuffer in, String text) {
        byte[] bytes = in.array();
        int last = in.limit() - text.length();
        for (int i = in.position(); i <= last; i++) {
            int matched = 0;
            while (matched < text.length() && bytes[i + matched] == text.charAt(matched)) {
                matched++;
            }
            if (matched == text.length()) {
                return i;
            }
        }
        return -1;
    }
}
