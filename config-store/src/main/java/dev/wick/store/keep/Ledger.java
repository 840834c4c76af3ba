package dev.wick.store.keep;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The state machine: which bundle is which revision of which gateway. Here, and nowhere else, two
 * commits with the same base are told apart: the log calls {@link #apply} in one order, the first
 * finds its base at the head, the second does not. A request id that is known gets its old answer,
 * so an entry that the log delivers twice, or again after a snapshot, changes nothing. Locked by
 * itself; any thread.
 */
final class Ledger implements Machine {

    private static final int REQUESTS = 10_000;

    /** What an entry did. */
    sealed interface Answer {
        record Won(long revision) implements Answer {}

        record Lost(long head) implements Answer {}

        record Noted() implements Answer {}

        static Answer of(byte[] bytes) {
            ByteReader in = new ByteReader(bytes);
            return switch (in.octet()) {
                case 1 -> new Won(in.number());
                case 2 -> new Lost(in.number());
                default -> new Noted();
            };
        }
    }

    /**
     * Hears of what was decided, in order, on the log's thread, not while a log is being opened.
     */
    interface Decisions {
        void committed(String gateway, long revision, FileName bundle);

        void based(String gateway, long upTo, FileName file);

        /**
         * These files are not needed any more, but by readers; bundles start with {@code first}
         * now.
         */
        void dropped(String gateway, List<FileName> files, long first);
    }

    record BaseFile(long upTo, FileName file) {}

    /** How much there is: bundles from {@code first} on and those since the base, in bytes. */
    record Extent(
            String gateway, long first, long upTo, long baseSize, long sinceBase, long bytes) {}

    private record Request(String gateway, String id) {}

    private static final class Line {
        long head;
        @Nullable BaseFile base;
        long first = 1;
        long bytes;
        long sinceBase;
        final ArrayDeque<FileName> bundles = new ArrayDeque<>();
    }

    private final Map<String, Line> lines = new TreeMap<>();
    private final LinkedHashMap<Request, Long> requests = new LinkedHashMap<>();
    private @Nullable String epoch;
    private @Nullable Decisions decisions;

    synchronized void hear(Decisions listener) {
        decisions = listener;
    }

    synchronized @Nullable String epoch() {
        return epoch;
    }

    synchronized List<String> gateways() {
        return List.copyOf(lines.keySet());
    }

    synchronized long head(String gateway) {
        Line line = lines.get(gateway);
        return line == null ? 0 : line.head;
    }

    synchronized @Nullable BaseFile base(String gateway) {
        Line line = lines.get(gateway);
        return line == null ? null : line.base;
    }

    /** The first revision whose bundle is listed; above the head when there is none. */
    synchronized long first(String gateway) {
        Line line = lines.get(gateway);
        return line == null ? 1 : line.first;
    }

    /** The bundles of these revisions, both included, which must be listed. */
    synchronized List<FileName> bundles(String gateway, long from, long to) {
        Line line = lines.get(gateway);
        return line == null
                ? List.of()
                : line.bundles.stream()
                        .skip(from - line.first)
                        .limit(Math.max(0, to - from + 1))
                        .toList();
    }

    /** Whether this is the bundle of the revision; false when it is not listed any more. */
    synchronized boolean names(String gateway, long revision, FileName bundle) {
        return revision >= first(gateway) && bundles(gateway, revision, revision).contains(bundle);
    }

    synchronized Extent extent(String gateway) {
        Line line = lines.get(gateway);
        if (line == null) {
            return new Extent(gateway, 1, 0, 0, 0, 0);
        }
        BaseFile base = line.base;
        return new Extent(
                gateway,
                line.first,
                base == null ? 0 : base.upTo,
                base == null ? 0 : base.file.size(),
                line.sinceBase,
                line.bytes);
    }

    /**
     * The oldest revision whose bundle and all newer ones fit into so many bytes; the head at
     * least.
     */
    synchronized long oldestWithin(String gateway, long bytes) {
        Line line = lines.get(gateway);
        if (line == null) {
            return 1;
        }
        long revision = line.first;
        long over = line.bytes - bytes;
        for (FileName file : line.bundles) {
            if (over <= 0 || revision == line.head) {
                break;
            }
            over -= onDisk(file);
            revision++;
        }
        return revision;
    }

    synchronized @Nullable Long outcome(String gateway, String requestId) {
        return requests.get(new Request(gateway, requestId));
    }

    /** The names of all files that a gateway still needs. */
    synchronized Set<String> files() {
        Set<String> names = new HashSet<>();
        for (Line line : lines.values()) {
            line.bundles.forEach(file -> names.add(file.sha256()));
            if (line.base != null) {
                names.add(line.base.file.sha256());
            }
        }
        return names;
    }

    @Override
    public synchronized byte[] apply(byte[] bytes) {
        ByteWriter answer = new ByteWriter(11);
        switch (Entry.of(bytes)) {
            case Entry.Commit commit -> commit(commit, answer);
            case Entry.Base based -> base(based, answer);
            case Entry.Trim trim -> trim(trim, answer);
            case Entry.Epoch first -> {
                epoch = epoch == null ? first.id() : epoch;
                answer.octet(3);
            }
            case Entry.NewEpoch named -> {
                epoch = named.id();
                answer.octet(3);
            }
        }
        return answer.toBytes();
    }

    private void commit(Entry.Commit commit, ByteWriter answer) {
        Request request = new Request(commit.gateway(), commit.requestId());
        Long known = requests.get(request);
        Line line = lines.get(commit.gateway());
        long head = line == null ? 0 : line.head;
        if (known != null) {
            answer.octet(1).number(known);
        } else if (commit.base() != head) {
            answer.octet(2).number(head);
        } else {
            if (line == null) {
                line = new Line();
                lines.put(commit.gateway(), line);
            }
            line.head = head + 1;
            add(line, commit.bundle());
            remember(request, line.head);
            answer.octet(1).number(line.head);
            if (decisions != null) {
                decisions.committed(commit.gateway(), line.head, commit.bundle());
            }
        }
    }

    private static void add(Line line, FileName bundle) {
        line.bundles.add(bundle);
        line.bytes += onDisk(bundle);
        line.sinceBase += onDisk(bundle);
    }

    /** A small file takes a block of the disk, and as long to open as to read one. */
    private static long onDisk(FileName file) {
        return Math.max(4096, file.size());
    }

    private void remember(Request request, long revision) {
        requests.put(request, revision);
        if (requests.size() > REQUESTS) {
            Iterator<Request> eldest = requests.keySet().iterator();
            eldest.next();
            eldest.remove();
        }
    }

    private void base(Entry.Base entry, ByteWriter answer) {
        answer.octet(3);
        Line line = lines.get(entry.gateway());
        if (line == null
                || entry.upTo() > line.head
                || (line.base != null && line.base.upTo >= entry.upTo())) {
            return;
        }
        BaseFile old = line.base;
        rebase(line, new BaseFile(entry.upTo(), entry.file()));
        if (decisions != null) {
            decisions.based(entry.gateway(), entry.upTo(), entry.file());
        }
        drop(entry.gateway(), line, entry.oldest(), old);
    }

    private static void rebase(Line line, BaseFile base) {
        line.base = base;
        line.sinceBase =
                line.bundles.stream()
                        .skip(base.upTo + 1 - line.first)
                        .mapToLong(Ledger::onDisk)
                        .sum();
    }

    private void trim(Entry.Trim entry, ByteWriter answer) {
        answer.octet(3);
        Line line = lines.get(entry.gateway());
        if (line != null) {
            drop(entry.gateway(), line, entry.oldest(), null);
        }
    }

    private void drop(String gateway, Line line, long oldest, @Nullable BaseFile old) {
        List<FileName> dropped = new ArrayList<>();
        if (old != null) {
            dropped.add(old.file);
        }
        long covered = line.base == null ? 0 : line.base.upTo;
        while (line.first < oldest && line.first <= covered && !line.bundles.isEmpty()) {
            FileName file = line.bundles.remove();
            line.bytes -= onDisk(file);
            line.first++;
            dropped.add(file);
        }
        if (decisions != null && !dropped.isEmpty()) {
            decisions.dropped(gateway, dropped, line.first);
        }
    }

    @Override
    public synchronized byte[] save() {
        ByteWriter out = new ByteWriter(1 << 16).octet(Entry.FORMAT);
        out.string(epoch == null ? "" : epoch).number(lines.size());
        lines.forEach(
                (gateway, line) -> {
                    out.string(gateway).number(line.head).number(line.first);
                    out.octet(line.base == null ? 0 : 1);
                    if (line.base != null) {
                        Entry.name(out.number(line.base.upTo), line.base.file);
                    }
                    out.number(line.bundles.size());
                    line.bundles.forEach(file -> Entry.name(out, file));
                });
        out.number(requests.size());
        requests.forEach(
                (request, revision) ->
                        out.string(request.gateway).string(request.id).number(revision));
        return out.toBytes();
    }

    @Override
    public synchronized void load(byte[] state) {
        ByteReader in = new ByteReader(state);
        int format = in.octet();
        if (format != Entry.FORMAT) {
            throw new UnknownFormat(
                    "the log's snapshot is of format "
                            + format
                            + " (expected: "
                            + Entry.FORMAT
                            + ")");
        }
        String id = in.string();
        epoch = id.isEmpty() ? null : id;
        lines.clear();
        for (long left = in.number(); left > 0; left--) {
            Line line = new Line();
            lines.put(in.string(), line);
            line.head = in.number();
            line.first = in.number();
            BaseFile base = in.octet() == 0 ? null : new BaseFile(in.number(), Entry.name(in));
            for (long bundles = in.number(); bundles > 0; bundles--) {
                add(line, Entry.name(in));
            }
            if (base != null) {
                rebase(line, base);
            }
        }
        requests.clear();
        for (long left = in.number(); left > 0; left--) {
            requests.put(new Request(in.string(), in.string()), in.number());
        }
    }
}
