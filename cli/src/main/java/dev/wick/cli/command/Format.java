package dev.wick.cli.command;

import dev.wick.cli.arguments.UsageException;
import dev.wick.cli.store.Json;
import dev.wick.cli.store.Yaml;
import java.io.PrintWriter;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** How documents are printed. YAML and JSON may be applied again as they are. */
enum Format {
    NAME {
        @Override
        String text(Json document) {
            return document.at("kind").text() + "/" + document.at("name").text();
        }

        @Override
        void print(List<String> documents, PrintWriter out) {
            documents.forEach(document -> out.append(document).append('\n'));
        }
    },
    YAML {
        @Override
        String text(Json document) {
            return Yaml.write(document);
        }

        @Override
        void print(List<String> documents, PrintWriter out) {
            String before = "";
            for (String document : documents) {
                // It ends with a line break, which may be a part of its last text.
                out.append(before).append(document);
                before = "---\n";
            }
        }
    },
    JSON {
        @Override
        String text(Json document) {
            return document.indented();
        }

        @Override
        void print(List<String> documents, PrintWriter out) {
            if (documents.size() == 1) {
                out.append(documents.getFirst()).append('\n');
                return;
            }
            String before = "[";
            for (String document : documents) {
                // A line ends between tokens only: in a text it is escaped.
                out.append(before).append("\n  ").append(document.replace("\n", "\n  "));
                before = ",";
            }
            out.append(documents.isEmpty() ? "[ ]\n" : "\n]\n");
        }
    };

    /** One document. Any thread. */
    abstract String text(Json document);

    /** Prints what {@link #text} made of documents, one by one: they may be many. */
    abstract void print(List<String> documents, PrintWriter out);

    /** The same, to standard output. */
    void print(List<String> documents) {
        Terminal.print(out -> print(documents, out));
    }

    static Format of(String name) {
        return Arrays.stream(values())
                .filter(format -> format.name().toLowerCase(Locale.ROOT).equals(name))
                .findFirst()
                .orElseThrow(
                        () ->
                                new UsageException(
                                        "-o: " + name + " (expected: yaml, json or name)"));
    }
}
