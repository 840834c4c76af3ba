package dev.wick.format;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.jspecify.annotations.Nullable;

/** The commands that take an argument or are the same for every request. */
enum Operator {
    ENVIRONMENT(
            "the name of an environment variable that does not begin with WICK_, as ENVIRONMENT(ZONE)") {
        @Override
        boolean takes(String argument) {
            return !argument.isEmpty() && !isOurs(argument);
        }

        @Override
        Segment segment(String argument) {
            return new Segment.Constant(System.getenv(argument));
        }
    },
    HOSTNAME("no argument") {
        @Override
        boolean takes(String argument) {
            return argument.isEmpty();
        }

        @Override
        Segment segment(String argument) {
            return new Segment.Constant(hostName());
        }
    },
    PATH("PATH(WQ or NQ), and perhaps :ORIG, :PATH or :ORIG_OR_PATH, as PATH(NQ:ORIG)") {
        @Override
        boolean takes(String argument) {
            return switch (argument) {
                case "",
                        "WQ",
                        "NQ",
                        "WQ:ORIG",
                        "NQ:ORIG",
                        "WQ:PATH",
                        "NQ:PATH",
                        "WQ:ORIG_OR_PATH",
                        "NQ:ORIG_OR_PATH" ->
                        true;
                default -> false;
            };
        }

        @Override
        Segment segment(String argument) {
            boolean query = !argument.startsWith("NQ");
            boolean original = !argument.endsWith(":PATH");
            return new FromHead.Path(query, original, !argument.endsWith(":ORIG"));
        }
    },
    QUERY_PARAM("the name of a parameter, as QUERY_PARAM(page)") {
        @Override
        boolean takes(String argument) {
            return !argument.isEmpty();
        }

        @Override
        Segment segment(String argument) {
            return new FromHead.QueryParameter(argument);
        }
    },
    REQ(Operator.HEADER) {
        @Override
        Segment segment(String argument) {
            return head(FromHead.Source.REQ, argument);
        }
    },
    REQ_WITHOUT_QUERY(Operator.HEADER) {
        @Override
        Segment segment(String argument) {
            return head(FromHead.Source.REQ_WITHOUT_QUERY, argument);
        }
    },
    RESP(Operator.HEADER) {
        @Override
        Segment segment(String argument) {
            return head(FromHead.Source.RESP, argument);
        }
    },
    START_TIME("a time format, as START_TIME(%Y-%m-%d)") {
        @Override
        boolean takes(String argument) {
            return TimeFormat.expected(argument) == null;
        }

        @Override
        Segment segment(String argument) {
            return new Segment.StartTime(TimeFormat.of(argument));
        }
    },
    TRAILER(Operator.HEADER) {
        @Override
        Segment segment(String argument) {
            return head(FromHead.Source.TRAILER, argument);
        }
    };

    private static final String HEADER =
            "the name of a header, and perhaps ? and another that is asked where it is absent, as REQ(x-a?x-b)";

    private final String argument;

    Operator(String argument) {
        this.argument = argument;
    }

    static @Nullable Operator named(String name) {
        for (Operator operator : values()) {
            if (operator.name().equals(name)) {
                return operator;
            }
        }
        return null;
    }

    /** What its argument must be. */
    String argument() {
        return argument;
    }

    boolean takes(String given) {
        int fallback = given.indexOf('?');
        return fallback < 0
                ? isHeader(given)
                : isHeader(given.substring(0, fallback)) && isHeader(given.substring(fallback + 1));
    }

    abstract Segment segment(String given);

    /**
     * Wick's own settings: keys and tokens are among them, and whoever may change headers need not
     * be whom those are for. In any case: some systems do not tell.
     */
    private static boolean isOurs(String variable) {
        return variable.regionMatches(true, 0, "WICK_", 0, 5);
    }

    private static boolean isHeader(String name) {
        int start = name.startsWith(":") ? 1 : 0;
        for (int i = start; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c <= ' ' || c >= 0x7f || "\"(),/:;<=>?@[\\]{}".indexOf(c) >= 0) {
                return false;
            }
        }
        return name.length() > start;
    }

    private static Segment head(FromHead.Source source, String argument) {
        int fallback = argument.indexOf('?');
        return fallback < 0
                ? new FromHead(source, argument, null)
                : new FromHead(
                        source, argument.substring(0, fallback), argument.substring(fallback + 1));
    }

    private static @Nullable String hostName() {
        String given = System.getenv("HOSTNAME");
        if (given != null && !given.isEmpty()) {
            return given;
        }
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return null;
        }
    }
}
