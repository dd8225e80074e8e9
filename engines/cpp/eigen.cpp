// Eigen's AutoDiffScalar. Written for 3.4 (Debian: libeigen3-dev).
#if !__has_include(<unsupported/Eigen/AutoDiff>)
#if !__has_include(<eigen3/unsupported/Eigen/AutoDiff>)
#error "Eigen is missing: apt install libeigen3-dev"
#endif
#endif
#include <Eigen/Core>
#include <unsupported/Eigen/AutoDiff>
#include "engine.hpp"

struct Scalars {
  template <class R> static Slopes ask(const Json& tree, const Asked& q) {
    using D = Eigen::Matrix<R, 1, 1>;
    using T = Eigen::AutoDiffScalar<D>;
    using Array = Eigen::Matrix<T, Eigen::Dynamic, 1>;
    Tree<T> t;
    t.constant = [](double v) { return T(R(v), D::Zero()); };
    auto array = [](auto& v) { return Array(Eigen::Map<const Array>(v.data.data(), (long)v.size())); };
    t.own["max"] = [&](auto& a) { return t.one(array(a[0]).maxCoeff()); };
    t.own["min"] = [&](auto& a) { return t.one(array(a[0]).minCoeff()); };
    return forward<R, T>(t, tree, q, [](double v, double d) { return T(R(v), D::Constant(R(d))); }, [](const T& y) { return (double)y.derivatives()[0]; }, [](const T& y) { return (double)y.value(); });
  }
};
int main() {
  return serve<Scalars>("Eigen", std::to_string(EIGEN_WORLD_VERSION) + "." + std::to_string(EIGEN_MAJOR_VERSION) + "." + std::to_string(EIGEN_MINOR_VERSION), "AutoDiffScalar", {"f64", "f32"});
}
