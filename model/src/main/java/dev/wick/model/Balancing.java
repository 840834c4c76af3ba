package dev.wick.model;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What in a request decides about its host.
 *
 * @param hashPolicy what a request's hash is made of, in order
 * @param metadataMatch the subset that it goes to, each value as JSON; empty: any host
 * @param statefulSession null: none
 */
public record Balancing(
        List<HashPolicy> hashPolicy,
        Map<String, String> metadataMatch,
        @Nullable StatefulSession statefulSession) {

    /** What holds where a document says nothing. */
    public static final Balancing DEFAULT = new Balancing(List.of(), Map.of(), null);

    public Balancing {
        hashPolicy = List.copyOf(hashPolicy);
        metadataMatch = Map.copyOf(metadataMatch);
    }

    /**
     * A part of the hash.
     *
     * @param terminal whether what follows is left out where there is a hash by now; default false
     */
    public record HashPolicy(Source source, boolean terminal) {}

    /** Of what a part of the hash is made. */
    public sealed interface Source {}

    /** Of a header's values ({@code header}). */
    public record HeaderSource(String headerName) implements Source {}

    /** Of a parameter's first value, as sent ({@code queryParameter}). */
    public record QueryParameterSource(String name) implements Source {}

    /**
     * Of the client's address ({@code connectionProperties}).
     *
     * @param sourceIp true: there is nothing else
     */
    public record ConnectionSource(boolean sourceIp) implements Source {}

    /** Of a cookie's value ({@code cookie}); one with a ttl is made where it is missing. */
    public record CookieSource(Cookie cookie) implements Source {}

    /**
     * A cookie that is read, and may be given to the client.
     *
     * @param ttl null: none; zero: until the client's session ends
     * @param path empty: none
     */
    public record Cookie(
            String name, @Nullable Duration ttl, String path, List<Attribute> attributes) {

        public Cookie {
            attributes = List.copyOf(attributes);
        }
    }

    /**
     * Something that a cookie says beyond its value.
     *
     * @param value empty: only the name is said
     */
    public record Attribute(String name, String value) {}

    /**
     * A session stays with the host that it began with.
     *
     * @param strict whether a request whose host is gone is answered with 503; default false
     */
    public record StatefulSession(Carrier carrier, boolean strict) {}

    /** What carries a session's host. */
    public sealed interface Carrier {}

    public record CookieCarrier(Cookie cookie) implements Carrier {}

    public record HeaderCarrier(String name) implements Carrier {}
}
