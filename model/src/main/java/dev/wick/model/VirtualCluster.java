package dev.wick.model;

import java.util.List;

/**
 * A set of a virtual host's requests that have statistics of their own.
 *
 * @param name as {@code logins}; not {@code other}, which is what falls into none
 * @param headers conditions that all hold; at least one
 */
public record VirtualCluster(String name, List<HeaderMatch> headers) {

    public VirtualCluster {
        headers = List.copyOf(headers);
    }
}
