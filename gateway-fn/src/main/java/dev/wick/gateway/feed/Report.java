package dev.wick.gateway.feed;

import dev.wick.model.Problem;
import java.util.List;

/**
 * How an instance does, as {@code GET /instances} shows it.
 *
 * @param revision what is served is of this revision, or newer
 * @param version of Wick
 * @param problems what of the configuration it could not serve
 * @param held how many hosts it holds
 * @param health of the hosts that it looks after
 */
public record Report(
        long revision,
        String version,
        List<Port> listeners,
        List<Problem> problems,
        int held,
        List<HostHealth> health) {

    /**
     * One listener.
     *
     * @param address as {@code 127.0.0.1:8080}
     * @param state {@code open}, {@code failed} or {@code waiting}
     * @param detail why it failed; else empty
     */
    public record Port(String name, String address, String state, String detail) {}
}
