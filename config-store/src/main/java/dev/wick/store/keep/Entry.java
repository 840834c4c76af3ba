package dev.wick.store.keep;

import java.util.HexFormat;

/**
 * What the log orders. A byte for the format and one for the kind come first; a format that is not
 * known stops a member.
 */
sealed interface Entry {

    int FORMAT = 1;

    byte[] bytes();

    /**
     * Makes the bundle the revision after {@code base}, if that is the head and the request is not
     * known.
     */
    record Commit(String gateway, long base, FileName bundle, String requestId) implements Entry {
        @Override
        public byte[] bytes() {
            ByteWriter out = start(1).string(gateway).number(base);
            return name(out, bundle).string(requestId).toBytes();
        }
    }

    /** All documents as of {@code upTo} are in this file; bundles before {@code oldest} may go. */
    record Base(String gateway, long upTo, FileName file, long oldest) implements Entry {
        @Override
        public byte[] bytes() {
            ByteWriter out = start(2).string(gateway).number(upTo);
            return name(out, file).number(oldest).toBytes();
        }
    }

    /**
     * Names the data folder; the first one counts. Also what is proposed to learn what is
     * committed.
     */
    record Epoch(String id) implements Entry {
        @Override
        public byte[] bytes() {
            return start(3).string(id).toBytes();
        }
    }

    /** Bundles before {@code oldest} may go, as far as a base covers them. */
    record Trim(String gateway, long oldest) implements Entry {
        @Override
        public byte[] bytes() {
            return start(4).string(gateway).number(oldest).toBytes();
        }
    }

    /**
     * Names the data folder anew: it was put back to an earlier time, and its revisions are no
     * longer those that others know by their numbers.
     */
    record NewEpoch(String id) implements Entry {
        @Override
        public byte[] bytes() {
            return start(5).string(id).toBytes();
        }
    }

    /** Throws when it was written by a newer version. */
    static Entry of(byte[] bytes) {
        ByteReader in = new ByteReader(bytes);
        int format = in.octet();
        int kind = in.octet();
        if (format != FORMAT || kind < 1 || kind > 5) {
            throw new UnknownFormat(
                    "the log holds an entry of format "
                            + format
                            + "."
                            + kind
                            + " (expected: format 1.1 to 1.5): it was written by a newer version");
        }
        return switch (kind) {
            case 1 -> new Commit(in.string(), in.number(), name(in), in.string());
            case 2 -> new Base(in.string(), in.number(), name(in), in.number());
            case 3 -> new Epoch(in.string());
            case 4 -> new Trim(in.string(), in.number());
            default -> new NewEpoch(in.string());
        };
    }

    private static ByteWriter start(int kind) {
        return new ByteWriter(160).octet(FORMAT).octet(kind);
    }

    static ByteWriter name(ByteWriter out, FileName file) {
        return out.block(HexFormat.of().parseHex(file.sha256())).number(file.size());
    }

    static FileName name(ByteReader in) {
        return new FileName(HexFormat.of().formatHex(in.block()), in.number());
    }
}
