// Sacado's forward variables. Written for Trilinos 13.2 (Debian: libtrilinos-sacado-dev, libtrilinos-teuchos-dev, libtrilinos-kokkos-dev; link with -ltrilinos_sacado -ltrilinos_teuchoscore).
#if !__has_include(<Sacado.hpp>)
#error "Sacado is missing: apt install libtrilinos-sacado-dev libtrilinos-teuchos-dev libtrilinos-kokkos-dev"
#endif
#include <Sacado.hpp>
#include <Trilinos_version.h>
#include "engine.hpp"

struct Variables {
  template <class R> static Slopes ask(const Json& tree, const Asked& q) {
    using T = Sacado::Fad::SFad<R, 1>;
    Tree<T> t;
    t.constant = [](double v) { return T(R(v)); };
    return forward<R, T>(t, tree, q, [](double v, double d) { T x{R(v)}; x.fastAccessDx(0) = R(d); return x; }, [](const T& y) { return (double)y.dx(0); }, [](const T& y) { return (double)y.val(); });
  }
};
int main() { return serve<Variables>("Sacado", TRILINOS_VERSION_STRING, "SFad", {"f64", "f32"}); }
