package dev.wick.gateway.feed;

/**
 * Whose configuration is drawn, and by whom.
 *
 * @param gateway name of the gateway
 * @param instance id of this instance
 * @param token of the role instance; empty: none is sent
 */
public record FeedSettings(String gateway, String instance, String token) {}
