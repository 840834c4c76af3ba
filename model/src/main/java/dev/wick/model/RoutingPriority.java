package dev.wick.model;

/** Which of a cluster's circuit breakers a route's requests count for. */
public enum RoutingPriority {
    DEFAULT,
    HIGH
}
