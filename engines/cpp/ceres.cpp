// Ceres Solver's jets. Written for 2.1 (Debian: libceres-dev).
#if !__has_include(<ceres/jet.h>)
#error "Ceres is missing: apt install libceres-dev"
#endif
#include <ceres/jet.h>
#include <ceres/version.h>
#include "engine.hpp"

struct Jets {
  template <class R> static Slopes ask(const Json& tree, const Asked& q) {
    using T = ceres::Jet<R, 1>;
    Tree<T> t;
    t.constant = [](double v) { return T(R(v)); };
    return forward<R, T>(t, tree, q, [](double v, double d) { T x(R(v), 0); x.v[0] = R(d); return x; }, [](const T& y) { return (double)y.v[0]; }, [](const T& y) { return (double)y.a; });
  }
};
int main() { return serve<Jets>("Ceres", CERES_VERSION_STRING, "jets", {"f64", "f32"}); }
