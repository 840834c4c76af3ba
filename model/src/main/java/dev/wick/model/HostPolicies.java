package dev.wick.model;

/** What holds for all routes of a virtual host that do not say otherwise. */
public record HostPolicies() {

    /** What holds where a document says nothing. */
    public static final HostPolicies DEFAULT = new HostPolicies();
}
