package dev.wick.model;

/**
 * What holds for all routes of a virtual host that do not say otherwise.
 *
 * @param delivery where copies of requests go, and what is counted by itself
 * @param retries when requests are sent again
 */
public record HostPolicies(HostDelivery delivery, HostRetries retries) {

    /** What holds where a document says nothing. */
    public static final HostPolicies DEFAULT =
            new HostPolicies(HostDelivery.DEFAULT, HostRetries.DEFAULT);
}
