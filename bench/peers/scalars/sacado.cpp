// Sacado: numbers that carry ten slopes forward (Fad), or that remember what made them (Rad), which is in reverse.
#include <Sacado_No_Kokkos.hpp>
#include "timing.h"
#ifdef REVERSE
using Number = Sacado::Rad::ADvar<double>;
inline Number maximum(const Number &a, const Number &b) { return a.val() > b.val() || a.val() != a.val() ? a : b; }
inline Number maximum(const Number &a, double b) { return a.val() > b || a.val() != a.val() ? a : Number(b); }
#else
using Number = Sacado::Fad::SFad<double, inputs>;
inline Number maximum(const Number &a, const Number &b) { return a.val() > b.val() || a.val() != a.val() ? a : b; }
inline Number maximum(const Number &a, double b) { return a.val() > b || a.val() != a.val() ? a : Number(b); }
#endif
inline double maximum(double a, double b) { return a > b || a != a ? a : b; }
using std::sin;
#include "steps.h"

int main(int, char **args) {
    auto both = [](const double *p, double *slopes) {
        Number x[inputs];
#ifdef REVERSE
        for (int i = 0; i < inputs; ++i) x[i] = p[i];
        Number y = program<Number>(x);
        Number::Gradcomp();
        for (int i = 0; i < inputs; ++i) slopes[i] = x[i].adj();
#else
        for (int i = 0; i < inputs; ++i) x[i] = Number(inputs, i, p[i]);
        Number y = program<Number>(x);
        for (int i = 0; i < inputs; ++i) slopes[i] = y.dx(i);
#endif
        return slopes[0];
    };
    double start = thread_seconds();
    double g[inputs];
    both(first_point, g);
    double first = (thread_seconds() - start) * 1e3;
    return report(args[1], std::atoi(args[2]), first, [](const double *p) { return program<double>(p); }, both);
}
