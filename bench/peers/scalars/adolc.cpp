// ADOL-C: the tape is written once and used again for each point; maximum as fmax, which the tape keeps as a choice.
#include <adolc/adolc.h>
#include "timing.h"
inline adouble maximum(const adouble &a, const adouble &b) { return fmax(a, b); }
inline adouble maximum(const adouble &a, double b) { return fmax(a, b); }
#include "steps.h"

int main(int, char **args) {
    double start = thread_seconds();
    double at[inputs], g[inputs], y;
    adouble x[inputs];
    trace_on(1);
    for (int i = 0; i < inputs; ++i) x[i] <<= at[i] = first_point[i];
    adouble result = program<adouble>(x);
    result >>= y;
    trace_off();
    ::gradient(1, inputs, at, g);
    double first = (thread_seconds() - start) * 1e3;
    return report(args[1], std::atoi(args[2]), first,
        [&](const double *p) { function(1, 1, inputs, const_cast<double *>(p), &y); return y; },
        [&](const double *p, double *slopes) { ::gradient(1, inputs, const_cast<double *>(p), slopes); return slopes[0]; });
}
