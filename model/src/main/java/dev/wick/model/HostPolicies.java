package dev.wick.model;

/**
 * What holds for all routes of a virtual host that do not say otherwise.
 *
 * @param delivery where copies of requests go, and what is counted by itself
 */
public record HostPolicies(HostDelivery delivery) {

    /** What holds where a document says nothing. */
    public static final HostPolicies DEFAULT = new HostPolicies(HostDelivery.DEFAULT);
}
