package dev.wick.e2e.twin;

import java.util.List;
import java.util.Map;

/**
 * Cases that share a configuration, from one file {@code NAME.twin}. Its format:
 *
 * <pre>
 * == envoy routes         the routes of the virtual host NAME.test, items of a YAML list
 * == wick routes          the same in Wick's language
 * == envoy host           more fields of that virtual host
 * == wick host
 * == envoy hosts          more virtual hosts, items of a YAML list
 * == envoy clusters       more clusters, items of a YAML list
 * == wick documents       more documents
 * == envoy http           fields of the connection manager: the group then has a listener of its own
 * == envoy route_config   fields of its route configuration
 * == wick listener        fields of the Listener document
 * == case WHAT IS SHOWN
 * differs: WHY            Wick differs here on purpose; the case fails once it does not
 * &gt; GET /x HTTP/1.1       a request; Host and the empty line are added where there are none
 * ! GET /x HTTP/1.1       the same without help
 * then                    another request follows
 * read, rest, end, reset, pause MILLIS, await REQUESTS
 * &lt; HTTP/1.1 200 OK       what the upstream answers, without help; a plain 200 where nothing is said
 * &lt;&lt;                      the answer to the next request follows
 * &lt;early, &lt;end, &lt;reset, &lt;pause MILLIS
 * </pre>
 *
 * Lines are joined with CRLF. One that ends with a backslash is joined with nothing. {@code \r},
 * {@code \n}, {@code \t}, {@code \\} and {@code \xHH} are octets; <code>${a*3}</code> is {@code
 * aaa}. A request line that ends with {@code HTTP/2} makes it a request on a stream of its own:
 * fields whose name begins with a colon replace pseudo header fields, and a line {@code ---} stands
 * between body and trailers. A case reads an answer after each request unless it says itself when.
 * {@code @up}, {@code @up2}, {@code @uph2} (which speaks HTTP/2, and is answered for in the same
 * way, with {@code HTTP/2 200} for a status line) and {@code @refused} in a configuration are
 * ports; the clusters {@code up}, {@code up2}, {@code uph2}, {@code refused} and {@code empty} are
 * there.
 */
record Group(String name, Map<String, String> sections, List<Case> cases) {

    String section(String name) {
        return sections.getOrDefault(name, "");
    }

    boolean ownListener() {
        return sections.containsKey("envoy http") || sections.containsKey("wick listener");
    }

    String listener() {
        return ownListener() ? name : "http";
    }

    String host() {
        return name + ".test";
    }
}
