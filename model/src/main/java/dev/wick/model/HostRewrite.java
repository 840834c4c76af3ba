package dev.wick.model;

/** What a route puts in the place of a request's host. */
public sealed interface HostRewrite {

    /** This host, with or without a port ({@code hostRewriteLiteral}). */
    record Literal(String host) implements HostRewrite {}

    /** The value of a header; the host stays where there is none ({@code hostRewriteHeader}). */
    record Header(String name) implements HostRewrite {}

    /** The path without its query, rewritten ({@code hostRewritePathRegex}). */
    record PathRegex(RegexRewrite regex) implements HostRewrite {}

    /** The DNS name of the endpoint that is chosen, where it has one ({@code autoHostRewrite}). */
    record Auto() implements HostRewrite {}
}
