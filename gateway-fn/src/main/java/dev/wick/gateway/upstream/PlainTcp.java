package dev.wick.gateway.upstream;

/**
 * How a request's body goes to its host without HTTP.
 *
 * @param proxyVersion of the PROXY header that the host gets first: 1 or 2; 0: none
 */
public record PlainTcp(int proxyVersion) {}
