package dev.wick.gateway.exchange;

import dev.wick.http.Headers;
import dev.wick.http.RequestHead;
import dev.wick.http.ResponseHead;
import java.nio.charset.StandardCharsets;

/** How many proxies a request has passed and may yet pass. On the exchange's loop. */
final class Hops {

    private static final String MAX_FORWARDS = "max-forwards";

    /** More digits are as good as no bound. */
    private static final int DIGITS = 9;

    private Hops() {}

    /**
     * Counts the request in: {@code max-forwards} of TRACE and OPTIONS is one less (RFC 9110,
     * 7.6.2).
     *
     * @param limit how many proxies it may have passed; 0: any number
     * @return whether it goes on; else it was answered
     */
    static boolean pass(Exchange exchange, int limit) {
        RequestHead head = exchange.head;
        if (limit > 0 && passed(head.headers()) > limit) {
            exchange.reply(LocalReply.TOO_MANY_HOPS);
            return false;
        }
        boolean trace = head.method().equals("TRACE");
        if (!trace && !head.method().equals("OPTIONS")) {
            return true;
        }
        String most = head.headers().get(MAX_FORWARDS);
        if (most == null || !isNumber(most)) {
            return true;
        }
        if (most.chars().allMatch(c -> c == '0')) {
            answer(exchange, trace);
            return false;
        }
        if (most.length() <= DIGITS) {
            head.headers().set(MAX_FORWARDS, Integer.toString(Integer.parseInt(most) - 1));
        }
        return true;
    }

    private static boolean isNumber(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return false;
            }
        }
        return !text.isEmpty();
    }

    /** Proxies that have named themselves or the one before them, whichever were more. */
    private static int passed(Headers headers) {
        return Math.max(members(headers, "x-forwarded-for"), members(headers, "via"));
    }

    private static int members(Headers headers, String name) {
        int members = 0;
        for (int i = 0; i < headers.size(); i++) {
            if (headers.name(i).equals(name)) {
                members += members(headers.value(i));
            }
        }
        return members;
    }

    private static int members(String list) {
        int members = 0;
        boolean empty = true;
        for (int i = 0; i < list.length(); i++) {
            char c = list.charAt(i);
            if (c == ',') {
                empty = true;
            } else if (empty && c != ' ' && c != '\t') {
                empty = false;
                members++;
            }
        }
        return members;
    }

    /** The request is for whoever holds it now. */
    private static void answer(Exchange exchange, boolean trace) {
        ResponseHead response = new ResponseHead(200);
        byte[] body = new byte[0];
        if (trace) {
            response.headers().add("content-type", "message/http");
            body = asItCame(exchange.head).getBytes(StandardCharsets.ISO_8859_1);
        }
        exchange.finished.details = "max_forwards_reached";
        exchange.answer(response, body);
    }

    /**
     * Of fields only those that tell nobody anything new: what proxies in front put in may be
     * theirs to know, and a script must not learn cookies by a TRACE (RFC 9110, 9.3.8).
     */
    private static String asItCame(RequestHead head) {
        StringBuilder text = new StringBuilder(256);
        text.append(head.method()).append(' ').append(head.path()).append(" HTTP/1.1\r\nhost: ");
        text.append(head.authority()).append("\r\n");
        Headers headers = head.headers();
        for (int i = 0; i < headers.size(); i++) {
            String name = headers.name(i);
            if (isTold(name)) {
                text.append(name).append(": ").append(headers.value(i)).append("\r\n");
            }
        }
        return text.append("\r\n").toString();
    }

    private static boolean isTold(String name) {
        return switch (name) {
            case "accept",
                    "accept-charset",
                    "accept-encoding",
                    "accept-language",
                    "max-forwards",
                    "user-agent",
                    "via",
                    "x-forwarded-for" ->
                    true;
            default -> false;
        };
    }
}
