package dev.wick.model;

/** Which of a cluster's circuit breakers and connections a route's requests use. */
public enum RoutingPriority {
    DEFAULT,
    HIGH
}
