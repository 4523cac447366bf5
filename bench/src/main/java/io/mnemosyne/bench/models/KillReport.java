package io.mnemosyne.bench.models;

import java.util.Locale;

/**
 * What kills cost.
 *
 * @param calls that reached the provider
 * @param distinct requests among them
 * @param recorded completions
 * @param paidAgain calls that began after the answer to the same request was recorded
 * @param saidRepeated calls of which a worker said that it repeats them since their answer was never recorded
 * @param repeatedAnswers to requests that had one; the observer drops them
 */
record KillReport(int kills, Outcomes outcomes, long calls, long distinct, long recorded, long paidAgain,
        long saidRepeated, long repeatedAnswers) {

    long repeated() {
        return calls - distinct;
    }

    boolean isClean() {
        return paidAgain == 0 && outcomes.model() == outcomes.total() && recorded == outcomes.total();
    }

    String table() {
        return String.format(Locale.ROOT, """
                                          | | |
                                          |---|---:|
                                          | kill -9 of the worker | %,d |
                                          | requests / answered by the model | %,d / %,d |
                                          | calls made | %,d |
                                          | calls repeated / of which a worker said so | %,d / %,d |
                                          | completions recorded | %,d |
                                          | calls made although the answer was recorded | %,d |
                                          | answers that came twice | %,d |
                                          """, kills, outcomes.total(), outcomes.model(), calls, repeated(),
                saidRepeated, recorded, paidAgain,
                repeatedAnswers);
    }
}
