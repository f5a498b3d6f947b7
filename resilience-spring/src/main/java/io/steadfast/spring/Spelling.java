package io.steadfast.spring;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Finds the word that somebody probably meant. For messages of start-up refusals. */
public final class Spelling {

    private Spelling() {}

    /**
     * Edits between two words: a letter added, dropped or changed, or two neighbours swapped, each counts one
     * (Damerau-Levenshtein in its restricted form, "optimal string alignment").
     */
    static int distance(String one, String other) {
        int[][] edits = new int[one.length() + 1][other.length() + 1];
        for (int i = 0; i <= one.length(); i++) {
            edits[i][0] = i;
        }
        for (int j = 0; j <= other.length(); j++) {
            edits[0][j] = j;
        }
        for (int i = 1; i <= one.length(); i++) {
            for (int j = 1; j <= other.length(); j++) {
                int changed = one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1;
                edits[i][j] =
                        Math.min(Math.min(edits[i - 1][j] + 1, edits[i][j - 1] + 1), edits[i - 1][j - 1] + changed);
                if (swapped(one, i, other, j)) {
                    edits[i][j] = Math.min(edits[i][j], edits[i - 2][j - 2] + 1);
                }
            }
        }
        return edits[one.length()][other.length()];
    }

    private static boolean swapped(String one, int i, String other, int j) {
        return i > 1 && j > 1 && one.charAt(i - 1) == other.charAt(j - 2) && one.charAt(i - 2) == other.charAt(j - 1);
    }

    /**
     * The known word nearest to the given one, if it is near enough that a slip explains it.
     *
     * @param word what was written
     * @param known what could have been written
     * @return the nearest; empty if none is near
     */
    public static Optional<String> nearest(String word, Collection<String> known) {
        String written = UniformName.of(word);
        return known.stream()
                .filter(candidate -> distance(written, UniformName.of(candidate)) <= slips(written))
                .min(Comparator.comparingInt(candidate -> distance(written, UniformName.of(candidate))));
    }

    private static int slips(String word) {
        return word.length() < 4 ? 1 : Math.max(2, word.length() / 4);
    }
}
