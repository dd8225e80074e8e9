// JSON as the protocol has it: a value that reads itself, and text of numbers.
#pragma once
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <map>
#include <stdexcept>
#include <string>
#include <vector>

struct Json {
  enum Kind { Null, Bool, Number, Text, List, Object } kind = Null;
  bool truth = false;
  double number = 0;
  std::string text;
  std::vector<Json> list;
  std::map<std::string, Json> members;

  const Json& operator[](const std::string& name) const {
    auto found = members.find(name);
    if (found == members.end()) throw std::runtime_error("the question has no " + name);
    return found->second;
  }
  bool has(const std::string& name) const { return members.count(name) > 0; }

  // A number of the protocol: what is not finite is a string.
  double real() const {
    return kind != Text ? number : text == "Infinity" ? INFINITY : text == "-Infinity" ? -INFINITY : NAN;
  }
  std::vector<double> reals() const {
    std::vector<double> out;
    for (auto& v : list) out.push_back(v.real());
    return out;
  }

  static Json read(const std::string& line) { size_t at = 0; return read(line, at); }

 private:
  static void blank(const std::string& s, size_t& at) { while (at < s.size() && isspace((unsigned char)s[at])) at++; }

  static Json read(const std::string& s, size_t& at) {
    blank(s, at);
    Json out;
    if (at >= s.size()) throw std::runtime_error("the line ends early");
    char c = s[at];
    if (c == '{' || c == '[') {
      out.kind = c == '{' ? Object : List;
      for (at++, blank(s, at); at < s.size() && s[at] != '}' && s[at] != ']'; blank(s, at)) {
        if (c == '{') {
          Json name = read(s, at);
          blank(s, at);
          at++;
          out.members[name.text] = read(s, at);
        } else {
          out.list.push_back(read(s, at));
        }
        blank(s, at);
        if (at < s.size() && s[at] == ',') at++;
      }
      at++;
    } else if (c == '"') {
      out.kind = Text;
      for (at++; at < s.size() && s[at] != '"'; at++) {
        if (s[at] == '\\' && s[at + 1] == 'u') { out.text += (char)strtol(s.substr(at + 2, 4).c_str(), nullptr, 16); at += 5; }
        else out.text += s[s[at] == '\\' ? ++at : at];
      }
      at++;
    } else if (c == 't' || c == 'f' || c == 'n') {
      out.kind = c == 'n' ? Null : Bool;
      out.truth = c == 't';
      at += c == 'f' ? 5 : 4;
    } else {
      char* end;
      out.kind = Number;
      out.number = strtod(s.c_str() + at, &end);
      if (end == s.c_str() + at) throw std::runtime_error("no JSON: " + s.substr(at, 20));
      at = end - s.c_str();
    }
    return out;
  }
};

inline std::string json(double v) {
  if (std::isnan(v)) return "\"NaN\"";
  if (std::isinf(v)) return v > 0 ? "\"Infinity\"" : "\"-Infinity\"";
  char text[40];
  snprintf(text, sizeof text, "%.17g", v);
  return text;
}
template <class V> std::string json(const std::vector<V>& values) {
  std::string out = "[";
  for (size_t i = 0; i < values.size(); i++) out += (i ? ", " : "") + json(values[i]);
  return out + "]";
}
inline std::string inQuotes(const std::string& s) {
  std::string out = "\"";
  for (char c : s) out += c == '"' || c == '\\' ? std::string("\\") + c : std::string(1, (unsigned char)c < 32 ? ' ' : c);
  return out + "\"";
}
