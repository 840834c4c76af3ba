package dev.wick.gateway.exchange;

import dev.wick.entry.AddressRules;
import dev.wick.entry.ClientAddress;
import dev.wick.entry.OutsideHeaders;
import dev.wick.gateway.snapshot.EdgeSettings;
import dev.wick.gateway.snapshot.EdgeSettings.HeaderSettings;
import dev.wick.http.Headers;
import dev.wick.http.RequestHead;
import org.jspecify.annotations.Nullable;

/**
 * What Envoy's connection manager makes of headers: before a request is routed, the client's
 * address is found, what only the gateway may say is taken out, and what the gateway knows is put
 * in; before a response is sent, the gateway names itself.
 */
final class EdgeHeaders {

    private static final String FORWARDED_FOR = "x-forwarded-for";
    private static final String FORWARDED_PROTO = "x-forwarded-proto";
    private static final String FORWARDED_PORT = "x-forwarded-port";
    private static final String EXTERNAL_ADDRESS = "x-envoy-external-address";
    private static final String INTERNAL = "x-envoy-internal";
    private static final String REQUEST_ID = "x-request-id";
    private static final String REFERER = "referer";
    private static final String VIA = "via";

    private EdgeHeaders() {}

    /**
     * Prepares a request's head.
     *
     * @param scheme what the connection speaks: {@code http} or {@code https}
     * @return the address that counts as the client's; null where the request is rejected, with
     *     {@link #rejection}
     */
    static @Nullable String prepare(
            RequestHead head, ClientConnection peer, String scheme, EdgeSettings settings) {
        Headers headers = head.headers();
        boolean ours = anyOfOurs(headers);
        if (!settings.address().plain()) {
            return prepareFully(head, peer, scheme, settings);
        }
        head.scheme(scheme);
        String address = peer.address();
        if (ours) {
            OutsideHeaders.takeOut(headers, true, false);
            append(headers, FORWARDED_FOR, ",", address);
            headers.set(FORWARDED_PROTO, scheme);
            via(headers, settings.headers());
            headers.set(EXTERNAL_ADDRESS, address);
        } else {
            headers.add(FORWARDED_FOR, address);
            headers.add(FORWARDED_PROTO, scheme);
            via(headers, settings.headers());
            headers.add(EXTERNAL_ADDRESS, address);
        }
        tell(headers, settings.headers(), true);
        return address;
    }

    private static @Nullable String prepareFully(
            RequestHead head, ClientConnection peer, String scheme, EdgeSettings settings) {
        Headers headers = head.headers();
        AddressRules rules = settings.address();
        ClientAddress client = ClientAddress.find(headers, peer.octets(), rules);
        if (client.rejectWithStatus() != 0) {
            return null;
        }
        if (client.append()) {
            append(headers, FORWARDED_FOR, ",", peer.address());
        }
        boolean believed = !rules.useRemoteAddress() || rules.trustedHops() > 0;
        if (!believed || !headers.contains(FORWARDED_PROTO)) {
            headers.set(FORWARDED_PROTO, scheme);
        }
        if (rules.appendPort()
                && rules.useRemoteAddress()
                && (!believed || !headers.contains(FORWARDED_PORT))) {
            headers.set(FORWARDED_PORT, Integer.toString(peer.localPort()));
        }
        via(headers, settings.headers());
        String proto = headers.get(FORWARDED_PROTO);
        boolean known = "http".equals(proto) || "https".equals(proto);
        head.scheme(proto != null && known ? proto : scheme);
        boolean internal = client.internal(rules);
        boolean edge = !internal && rules.useRemoteAddress();
        OutsideHeaders.takeOut(headers, edge, internal);
        String text = client.text();
        String address = text == null ? peer.address() : text;
        if (internal) {
            headers.set(INTERNAL, "true");
        } else if (edge) {
            headers.set(EXTERNAL_ADDRESS, address);
        }
        tell(headers, settings.headers(), edge);
        return address;
    }

    /** The answer to a request for which {@link #prepare} found no address. */
    static LocalReply rejection(RequestHead head, ClientConnection peer, EdgeSettings settings) {
        ClientAddress client =
                ClientAddress.find(head.headers(), peer.octets(), settings.address());
        return new LocalReply(client.rejectWithStatus(), "", null, "original_ip_detection_failed");
    }

    private static void tell(Headers headers, HeaderSettings settings, boolean edge) {
        if (settings.generateRequestId()) {
            boolean keep = !edge || settings.preserveExternalRequestId();
            if (!keep || !headers.contains(REQUEST_ID)) {
                headers.set(REQUEST_ID, RequestId.next());
            }
        }
    }

    private static void via(Headers headers, HeaderSettings settings) {
        if (!settings.via().isEmpty()) {
            append(headers, VIA, ", ", settings.via());
        }
    }

    /** Adds to a list, which becomes one field; empty ones are no part of it. */
    private static void append(Headers headers, String name, String separator, String value) {
        if (!headers.contains(name)) {
            headers.add(name, value);
            return;
        }
        StringBuilder list = new StringBuilder();
        for (int i = 0; i < headers.size(); i++) {
            if (headers.name(i).equals(name) && !headers.value(i).isEmpty()) {
                list.append(list.isEmpty() ? "" : ",").append(headers.value(i));
            }
        }
        list.append(list.isEmpty() ? "" : separator).append(value);
        headers.set(name, list.toString());
    }

    /**
     * Finishes the head of a response, the host's or one made here.
     *
     * @param request as it was prepared
     */
    static void respond(Headers headers, Headers request, EdgeSettings settings) {
        HeaderSettings rules = settings.headers();
        if (rules.overwriteServer()) {
            headers.set("server", rules.serverName());
        } else if (rules.addServer() && !headers.contains("server")) {
            headers.add("server", rules.serverName());
        }
        if (rules.responsesPlain()) {
            return;
        }
        String id = rules.requestIdInResponse() ? request.get(REQUEST_ID) : null;
        if (id != null) {
            headers.set(REQUEST_ID, id);
        }
        via(headers, rules);
    }

    /** Whether there is a header that may have to go; looks at the referer by the way. */
    private static boolean anyOfOurs(Headers headers) {
        boolean ours = false;
        boolean referer = false;
        for (int i = 0; i < headers.size(); i++) {
            String name = headers.name(i);
            char first = name.charAt(0);
            ours |= first == 'x' && name.startsWith("x-");
            referer |= first == 'r' && name.equals(REFERER);
        }
        if (referer) {
            referer(headers);
        }
        return ours;
    }

    /** A referer that is no absolute URL, or one of several, goes. */
    private static void referer(Headers headers) {
        String all = headers.joined(REFERER);
        String value = all == null ? "" : all;
        int colon = value.indexOf("://");
        boolean good = colon > 0 && colon + 3 < value.length();
        for (int i = 0; good && i < value.length(); i++) {
            char c = value.charAt(i);
            boolean letter = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
            good = c > ' ' && (i >= colon || letter || i > 0 && "0123456789+-.".indexOf(c) >= 0);
        }
        if (!good) {
            headers.remove(REFERER);
        }
    }
}
