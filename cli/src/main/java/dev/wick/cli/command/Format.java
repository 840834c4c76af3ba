package dev.wick.cli.command;

import dev.wick.cli.arguments.UsageException;
import dev.wick.cli.store.Json;
import dev.wick.cli.store.Yaml;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** How documents are printed. YAML and JSON may be applied again as they are. */
enum Format {
    NAME {
        @Override
        void print(List<Json> documents) {
            documents.forEach(
                    document ->
                            Terminal.print(
                                    document.at("kind").text() + "/" + document.at("name").text()));
        }
    },
    YAML {
        @Override
        void print(List<Json> documents) {
            String separator = "";
            for (Json document : documents) {
                Terminal.print(separator + Yaml.write(document).stripTrailing());
                separator = "---\n";
            }
        }
    },
    JSON {
        @Override
        void print(List<Json> documents) {
            Json whole = documents.size() == 1 ? documents.getFirst() : new Json(documents);
            Terminal.print(whole.indented());
        }
    };

    abstract void print(List<Json> documents);

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
