package dev.wick.store.instances;

import java.util.List;

/**
 * What an instance says of itself.
 *
 * @param revision up to which it knows of all changes to what it holds
 * @param version of its program
 * @param problems what it could not compile; it serves the last good one of each
 * @param held how many hosts it holds
 * @param health of the hosts that it looks after
 */
public record Report(
        long revision,
        String version,
        List<Listening> listeners,
        List<Refused> problems,
        long held,
        List<HostHealth> health) {

    Report withoutHealth() {
        return new Report(revision, version, listeners, problems, held, List.of());
    }

    /** How many characters it holds, hosts left out. */
    long text() {
        long text = version.length();
        for (Listening one : listeners) {
            text += one.name.length() + one.address.length() + one.state.length();
            text += one.detail.length();
        }
        for (Refused one : problems) {
            text += one.document.length() + one.field.length() + one.value.length();
            text += one.expected.length();
        }
        return text + 100L * (listeners.size() + problems.size());
    }

    /**
     * @param state {@code open}, {@code failed} or {@code waiting}
     * @param detail why, for people; may be empty
     */
    public record Listening(String name, String address, String state, String detail) {}

    /** As a problem of admission reads, of something that admission let through. */
    public record Refused(String document, String field, String value, String expected) {}
}
