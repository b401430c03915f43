import { createRequire as __WEBPACK_EXTERNAL_createRequire } from "module";
/******/ var __webpack_modules__ = ({

/***/ 6586:
/***/ ((module) => {



var UTF8_ACCEPT = 12
var UTF8_REJECT = 0
var UTF8_DATA = [
  // The first part of the table maps bytes to character to a transition.
  0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
  0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
  0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
  0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
  0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
  0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
  0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
  0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
  1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
  2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2,
  3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3,
  3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3,
  4, 4, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5,
  5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5,
  6, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 8, 7, 7,
  10, 9, 9, 9, 11, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4,

  // The second part of the table maps a state to a new state when adding a
  // transition.
  0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
  12, 0, 0, 0, 0, 24, 36, 48, 60, 72, 84, 96,
  0, 12, 12, 12, 0, 0, 0, 0, 0, 0, 0, 0,
  0, 0, 0, 24, 0, 0, 0, 0, 0, 0, 0, 0,
  0, 24, 24, 24, 0, 0, 0, 0, 0, 0, 0, 0,
  0, 24, 24, 0, 0, 0, 0, 0, 0, 0, 0, 0,
  0, 48, 48, 48, 0, 0, 0, 0, 0, 0, 0, 0,
  0, 0, 48, 48, 0, 0, 0, 0, 0, 0, 0, 0,
  0, 48, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,

  // The third part maps the current transition to a mask that needs to apply
  // to the byte.
  0x7F, 0x3F, 0x3F, 0x3F, 0x00, 0x1F, 0x0F, 0x0F, 0x0F, 0x07, 0x07, 0x07
]

function decodeURIComponent (uri) {
  var percentPosition = uri.indexOf('%')
  if (percentPosition === -1) return uri

  var length = uri.length
  var decoded = ''
  var last = 0
  var codepoint = 0
  var startOfOctets = percentPosition
  var state = UTF8_ACCEPT

  while (percentPosition > -1 && percentPosition < length) {
    var high = hexCodeToInt(uri[percentPosition + 1], 4)
    var low = hexCodeToInt(uri[percentPosition + 2], 0)
    var byte = high | low
    var type = UTF8_DATA[byte]
    state = UTF8_DATA[256 + state + type]
    codepoint = (codepoint << 6) | (byte & UTF8_DATA[364 + type])

    if (state === UTF8_ACCEPT) {
      decoded += uri.slice(last, startOfOctets)

      decoded += (codepoint <= 0xFFFF)
        ? String.fromCharCode(codepoint)
        : String.fromCharCode(
          (0xD7C0 + (codepoint >> 10)),
          (0xDC00 + (codepoint & 0x3FF))
        )

      codepoint = 0
      last = percentPosition + 3
      percentPosition = startOfOctets = uri.indexOf('%', last)
    } else if (state === UTF8_REJECT) {
      return null
    } else {
      percentPosition += 3
      if (percentPosition < length && uri.charCodeAt(percentPosition) === 37) continue
      return null
    }
  }

  return decoded + uri.slice(last)
}

var HEX = {
  '0': 0,
  '1': 1,
  '2': 2,
  '3': 3,
  '4': 4,
  '5': 5,
  '6': 6,
  '7': 7,
  '8': 8,
  '9': 9,
  'a': 10,
  'A': 10,
  'b': 11,
  'B': 11,
  'c': 12,
  'C': 12,
  'd': 13,
  'D': 13,
  'e': 14,
  'E': 14,
  'f': 15,
  'F': 15
}

function hexCodeToInt (c, shift) {
  var i = HEX[c]
  return i === undefined ? 255 : i << shift
}

module.exports = decodeURIComponent


/***/ }),

/***/ 5546:
/***/ ((module) => {



// do not edit .js files directly - edit src/index.jst



module.exports = function equal(a, b) {
  if (a === b) return true;

  if (a && b && typeof a == 'object' && typeof b == 'object') {
    if (a.constructor !== b.constructor) return false;

    var length, i, keys;
    if (Array.isArray(a)) {
      length = a.length;
      if (length != b.length) return false;
      for (i = length; i-- !== 0;)
        if (!equal(a[i], b[i])) return false;
      return true;
    }



    if (a.constructor === RegExp) return a.source === b.source && a.flags === b.flags;
    if (a.valueOf !== Object.prototype.valueOf) return a.valueOf() === b.valueOf();
    if (a.toString !== Object.prototype.toString) return a.toString() === b.toString();

    keys = Object.keys(a);
    length = keys.length;
    if (length !== Object.keys(b).length) return false;

    for (i = length; i-- !== 0;)
      if (!Object.prototype.hasOwnProperty.call(b, keys[i])) return false;

    for (i = length; i-- !== 0;) {
      var key = keys[i];

      if (!equal(a[key], b[key])) return false;
    }

    return true;
  }

  // true if both NaN, false otherwise
  return a!==a && b!==b;
};


/***/ }),

/***/ 2130:
/***/ ((module, __unused_webpack_exports, __nccwpck_require__) => {



const parse = __nccwpck_require__(3313);
const stringify = __nccwpck_require__(5343);

const fastQuerystring = {
  parse,
  stringify,
};

/**
 * Enable TS and JS support
 *
 * - `const qs = require('fast-querystring')`
 * - `import qs from 'fast-querystring'`
 */
module.exports = fastQuerystring;
module.exports["default"] = fastQuerystring;
module.exports.parse = parse;
module.exports.stringify = stringify;


/***/ }),

/***/ 1346:
/***/ ((module) => {

// This file is taken from Node.js project.
// Full implementation can be found from https://github.com/nodejs/node/blob/main/lib/internal/querystring.js

const hexTable = Array.from(
  { length: 256 },
  (_, i) => "%" + ((i < 16 ? "0" : "") + i.toString(16)).toUpperCase(),
);

// These characters do not need escaping when generating query strings:
// ! - . _ ~
// ' ( ) *
// digits
// alpha (uppercase)
// alpha (lowercase)
// rome-ignore format: the array should not be formatted
const noEscape = new Int8Array([
  0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, // 0 - 15
  0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, // 16 - 31
  0, 1, 0, 0, 0, 0, 0, 1, 1, 1, 1, 0, 0, 1, 1, 0, // 32 - 47
  1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, // 48 - 63
  0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, // 64 - 79
  1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 1, // 80 - 95
  0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, // 96 - 111
  1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 0, 1, 0, // 112 - 127
]);

/**
 * @param {string} str
 * @returns {string}
 */
function encodeString(str) {
  const len = str.length;
  if (len === 0) return "";

  let out = "";
  let lastPos = 0;
  let i = 0;

  outer: for (; i < len; i++) {
    let c = str.charCodeAt(i);

    // ASCII
    while (c < 0x80) {
      if (noEscape[c] !== 1) {
        if (lastPos < i) out += str.slice(lastPos, i);
        lastPos = i + 1;
        out += hexTable[c];
      }

      if (++i === len) break outer;

      c = str.charCodeAt(i);
    }

    if (lastPos < i) out += str.slice(lastPos, i);

    // Multi-byte characters ...
    if (c < 0x800) {
      lastPos = i + 1;
      out += hexTable[0xc0 | (c >> 6)] + hexTable[0x80 | (c & 0x3f)];
      continue;
    }
    if (c < 0xd800 || c >= 0xe000) {
      lastPos = i + 1;
      out +=
        hexTable[0xe0 | (c >> 12)] +
        hexTable[0x80 | ((c >> 6) & 0x3f)] +
        hexTable[0x80 | (c & 0x3f)];
      continue;
    }
    // Surrogate pair
    ++i;

    // This branch should never happen because all URLSearchParams entries
    // should already be converted to USVString. But, included for
    // completion's sake anyway.
    if (i >= len) {
      throw new Error("URI malformed");
    }

    const c2 = str.charCodeAt(i) & 0x3ff;

    lastPos = i + 1;
    c = 0x10000 + (((c & 0x3ff) << 10) | c2);
    out +=
      hexTable[0xf0 | (c >> 18)] +
      hexTable[0x80 | ((c >> 12) & 0x3f)] +
      hexTable[0x80 | ((c >> 6) & 0x3f)] +
      hexTable[0x80 | (c & 0x3f)];
  }
  if (lastPos === 0) return str;
  if (lastPos < len) return out + str.slice(lastPos);
  return out;
}

module.exports = { encodeString };


/***/ }),

/***/ 3313:
/***/ ((module, __unused_webpack_exports, __nccwpck_require__) => {



const fastDecode = __nccwpck_require__(6586);

const plusRegex = /\+/g;
const Empty = function () {};
Empty.prototype = Object.create(null);

/**
 * @callback parse
 * @param {string} input
 */
function parse(input) {
  // Optimization: Use new Empty() instead of Object.create(null) for performance
  // v8 has a better optimization for initializing functions compared to Object
  const result = new Empty();

  if (typeof input !== "string") {
    return result;
  }

  let inputLength = input.length;
  let key = "";
  let value = "";
  let startingIndex = -1;
  let equalityIndex = -1;
  let shouldDecodeKey = false;
  let shouldDecodeValue = false;
  let keyHasPlus = false;
  let valueHasPlus = false;
  let hasBothKeyValuePair = false;
  let c = 0;

  // Have a boundary of input.length + 1 to access last pair inside the loop.
  for (let i = 0; i < inputLength + 1; i++) {
    c = i !== inputLength ? input.charCodeAt(i) : 38;

    // Handle '&' and end of line to pass the current values to result
    if (c === 38) {
      hasBothKeyValuePair = equalityIndex > startingIndex;

      // Optimization: Reuse equality index to store the end of key
      if (!hasBothKeyValuePair) {
        equalityIndex = i;
      }

      key = input.slice(startingIndex + 1, equalityIndex);

      // Add key/value pair only if the range size is greater than 1; a.k.a. contains at least "="
      if (hasBothKeyValuePair || key.length > 0) {
        // Optimization: Replace '+' with space
        if (keyHasPlus) {
          key = key.replace(plusRegex, " ");
        }

        // Optimization: Do not decode if it's not necessary.
        if (shouldDecodeKey) {
          key = fastDecode(key) || key;
        }

        if (hasBothKeyValuePair) {
          value = input.slice(equalityIndex + 1, i);

          if (valueHasPlus) {
            value = value.replace(plusRegex, " ");
          }

          if (shouldDecodeValue) {
            value = fastDecode(value) || value;
          }
        }
        const currentValue = result[key];

        if (currentValue === undefined) {
          result[key] = value;
        } else {
          // Optimization: value.pop is faster than Array.isArray(value)
          if (currentValue.pop) {
            currentValue.push(value);
          } else {
            result[key] = [currentValue, value];
          }
        }
      }

      // Reset reading key value pairs
      value = "";
      startingIndex = i;
      equalityIndex = i;
      shouldDecodeKey = false;
      shouldDecodeValue = false;
      keyHasPlus = false;
      valueHasPlus = false;
    }
    // Check '='
    else if (c === 61) {
      if (equalityIndex <= startingIndex) {
        equalityIndex = i;
      }
      // If '=' character occurs again, we should decode the input.
      else {
        shouldDecodeValue = true;
      }
    }
    // Check '+', and remember to replace it with empty space.
    else if (c === 43) {
      if (equalityIndex > startingIndex) {
        valueHasPlus = true;
      } else {
        keyHasPlus = true;
      }
    }
    // Check '%' character for encoding
    else if (c === 37) {
      if (equalityIndex > startingIndex) {
        shouldDecodeValue = true;
      } else {
        shouldDecodeKey = true;
      }
    }
  }

  return result;
}

module.exports = parse;


/***/ }),

/***/ 5343:
/***/ ((module, __unused_webpack_exports, __nccwpck_require__) => {



const { encodeString } = __nccwpck_require__(1346);

function getAsPrimitive(value) {
  const type = typeof value;

  if (type === "string") {
    // Length check is handled inside encodeString function
    return encodeString(value);
  } else if (type === "bigint") {
    return value.toString();
  } else if (type === "boolean") {
    return value ? "true" : "false";
  } else if (type === "number" && Number.isFinite(value)) {
    return value < 1e21 ? "" + value : encodeString("" + value);
  }

  return "";
}

/**
 * @param {Record<string, string | number | boolean
 * | ReadonlyArray<string | number | boolean> | null>} input
 * @returns {string}
 */
function stringify(input) {
  let result = "";

  if (input === null || typeof input !== "object") {
    return result;
  }

  const separator = "&";
  const keys = Object.keys(input);
  const keyLength = keys.length;
  let valueLength = 0;

  for (let i = 0; i < keyLength; i++) {
    const key = keys[i];
    const value = input[key];
    const encodedKey = encodeString(key) + "=";

    if (i) {
      result += separator;
    }

    if (Array.isArray(value)) {
      valueLength = value.length;
      for (let j = 0; j < valueLength; j++) {
        if (j) {
          result += separator;
        }

        // Optimization: Dividing into multiple lines improves the performance.
        // Since v8 does not need to care about the '+' character if it was one-liner.
        result += encodedKey;
        result += getAsPrimitive(value[j]);
      }
    } else {
      result += encodedKey;
      result += getAsPrimitive(value);
    }
  }

  return result;
}

module.exports = stringify;


/***/ }),

/***/ 7888:
/***/ (function(module, exports, __nccwpck_require__) {


var __createBinding = (this && this.__createBinding) || (Object.create ? (function(o, m, k, k2) {
    if (k2 === undefined) k2 = k;
    var desc = Object.getOwnPropertyDescriptor(m, k);
    if (!desc || ("get" in desc ? !m.__esModule : desc.writable || desc.configurable)) {
      desc = { enumerable: true, get: function() { return m[k]; } };
    }
    Object.defineProperty(o, k2, desc);
}) : (function(o, m, k, k2) {
    if (k2 === undefined) k2 = k;
    o[k2] = m[k];
}));
var __exportStar = (this && this.__exportStar) || function(m, exports) {
    for (var p in m) if (p !== "default" && !Object.prototype.hasOwnProperty.call(exports, p)) __createBinding(exports, m, p);
};
Object.defineProperty(exports, "__esModule", ({ value: true }));
exports.types = void 0;
/* istanbul ignore file */
const types_1 = __nccwpck_require__(6462);
Object.defineProperty(exports, "types", ({ enumerable: true, get: function () { return types_1.types; } }));
__exportStar(__nccwpck_require__(8621), exports);
__exportStar(__nccwpck_require__(5217), exports);
const tokenizer_1 = __nccwpck_require__(8621);
const reconstruct_1 = __nccwpck_require__(5217);
__exportStar(__nccwpck_require__(6462), exports);
exports["default"] = tokenizer_1.tokenizer;
module.exports = tokenizer_1.tokenizer;
module.exports.types = types_1.types;
module.exports.reconstruct = reconstruct_1.reconstruct;
//# sourceMappingURL=index.js.map

/***/ }),

/***/ 5217:
/***/ ((__unused_webpack_module, exports, __nccwpck_require__) => {


Object.defineProperty(exports, "__esModule", ({ value: true }));
exports.reconstruct = void 0;
const types_1 = __nccwpck_require__(6462);
const write_set_tokens_1 = __nccwpck_require__(7657);
const reduceStack = (stack) => stack.map(exports.reconstruct).join('');
const createAlternate = (token) => {
    if ('options' in token) {
        return token.options.map(reduceStack).join('|');
    }
    else if ('stack' in token) {
        return reduceStack(token.stack);
    }
    else {
        throw new Error(`options or stack must be Root or Group token`);
    }
};
const reconstruct = (token) => {
    switch (token.type) {
        case types_1.types.ROOT:
            return createAlternate(token);
        case types_1.types.CHAR: {
            const c = String.fromCharCode(token.value);
            // Note that the escaping for characters inside classes is handled
            // in the write-set-tokens module so '-' and ']' are not escaped here
            return (/[[\\{}$^.|?*+()]/.test(c) ? '\\' : '') + c;
        }
        case types_1.types.POSITION:
            if (token.value === '^' || token.value === '$') {
                return token.value;
            }
            else {
                return `\\${token.value}`;
            }
        case types_1.types.REFERENCE:
            return `\\${token.value}`;
        case types_1.types.SET:
            return (0, write_set_tokens_1.writeSetTokens)(token);
        case types_1.types.GROUP: {
            // Check token.remember
            const prefix = token.name ? `?<${token.name}>` :
                token.remember ? '' :
                    token.followedBy ? '?=' :
                        token.notFollowedBy ? '?!' :
                            '?:';
            return `(${prefix}${createAlternate(token)})`;
        }
        case types_1.types.REPETITION: {
            const { min, max } = token;
            let endWith;
            if (min === 0 && max === 1) {
                endWith = '?';
            }
            else if (min === 1 && max === Infinity) {
                endWith = '+';
            }
            else if (min === 0 && max === Infinity) {
                endWith = '*';
            }
            else if (max === Infinity) {
                endWith = `{${min},}`;
            }
            else if (min === max) {
                endWith = `{${min}}`;
            }
            else {
                endWith = `{${min},${max}}`;
            }
            return `${(0, exports.reconstruct)(token.value)}${endWith}`;
        }
        case types_1.types.RANGE:
            return `${(0, write_set_tokens_1.setChar)(token.from)}-${(0, write_set_tokens_1.setChar)(token.to)}`;
        default:
            throw new Error(`Invalid token type ${token}`);
    }
};
exports.reconstruct = reconstruct;
//# sourceMappingURL=reconstruct.js.map

/***/ }),

/***/ 1690:
/***/ (function(__unused_webpack_module, exports, __nccwpck_require__) {


var __createBinding = (this && this.__createBinding) || (Object.create ? (function(o, m, k, k2) {
    if (k2 === undefined) k2 = k;
    var desc = Object.getOwnPropertyDescriptor(m, k);
    if (!desc || ("get" in desc ? !m.__esModule : desc.writable || desc.configurable)) {
      desc = { enumerable: true, get: function() { return m[k]; } };
    }
    Object.defineProperty(o, k2, desc);
}) : (function(o, m, k, k2) {
    if (k2 === undefined) k2 = k;
    o[k2] = m[k];
}));
var __setModuleDefault = (this && this.__setModuleDefault) || (Object.create ? (function(o, v) {
    Object.defineProperty(o, "default", { enumerable: true, value: v });
}) : function(o, v) {
    o["default"] = v;
});
var __importStar = (this && this.__importStar) || (function () {
    var ownKeys = function(o) {
        ownKeys = Object.getOwnPropertyNames || function (o) {
            var ar = [];
            for (var k in o) if (Object.prototype.hasOwnProperty.call(o, k)) ar[ar.length] = k;
            return ar;
        };
        return ownKeys(o);
    };
    return function (mod) {
        if (mod && mod.__esModule) return mod;
        var result = {};
        if (mod != null) for (var k = ownKeys(mod), i = 0; i < k.length; i++) if (k[i] !== "default") __createBinding(result, mod, k[i]);
        __setModuleDefault(result, mod);
        return result;
    };
})();
Object.defineProperty(exports, "__esModule", ({ value: true }));
exports.NOTANYCHAR = exports.WHITESPACE = exports.WORDS = exports.INTS = void 0;
const Sets = __importStar(__nccwpck_require__(4815));
const types_1 = __nccwpck_require__(6462);
function setToLookup(tokens) {
    let lookup = {};
    let len = 0;
    for (const token of tokens) {
        if (token.type === types_1.types.CHAR) {
            lookup[token.value] = true;
        }
        // Note this is in an if statement because
        // the SetTokens type is (Char | Range | Set)[]
        // so a type error is thrown if it is not.
        // If the SetTokens type is modified the if statement
        // can be removed
        if (token.type === types_1.types.RANGE) {
            lookup[`${token.from}-${token.to}`] = true;
        }
        len += 1;
    }
    return {
        lookup: () => (Object.assign({}, lookup)),
        len,
    };
}
exports.INTS = setToLookup(Sets.ints().set);
exports.WORDS = setToLookup(Sets.words().set);
exports.WHITESPACE = setToLookup(Sets.whitespace().set);
exports.NOTANYCHAR = setToLookup(Sets.anyChar().set);
//# sourceMappingURL=sets-lookup.js.map

/***/ }),

/***/ 4815:
/***/ ((__unused_webpack_module, exports, __nccwpck_require__) => {


Object.defineProperty(exports, "__esModule", ({ value: true }));
exports.anyChar = exports.notWhitespace = exports.whitespace = exports.notInts = exports.ints = exports.notWords = exports.words = void 0;
const types_1 = __nccwpck_require__(6462);
const INTS = () => [{ type: types_1.types.RANGE, from: 48, to: 57 }];
const WORDS = () => [
    { type: types_1.types.CHAR, value: 95 },
    { type: types_1.types.RANGE, from: 97, to: 122 },
    { type: types_1.types.RANGE, from: 65, to: 90 },
    { type: types_1.types.RANGE, from: 48, to: 57 },
];
const WHITESPACE = () => [
    { type: types_1.types.CHAR, value: 9 },
    { type: types_1.types.CHAR, value: 10 },
    { type: types_1.types.CHAR, value: 11 },
    { type: types_1.types.CHAR, value: 12 },
    { type: types_1.types.CHAR, value: 13 },
    { type: types_1.types.CHAR, value: 32 },
    { type: types_1.types.CHAR, value: 160 },
    { type: types_1.types.CHAR, value: 5760 },
    { type: types_1.types.RANGE, from: 8192, to: 8202 },
    { type: types_1.types.CHAR, value: 8232 },
    { type: types_1.types.CHAR, value: 8233 },
    { type: types_1.types.CHAR, value: 8239 },
    { type: types_1.types.CHAR, value: 8287 },
    { type: types_1.types.CHAR, value: 12288 },
    { type: types_1.types.CHAR, value: 65279 },
];
const NOTANYCHAR = () => [
    { type: types_1.types.CHAR, value: 10 },
    { type: types_1.types.CHAR, value: 13 },
    { type: types_1.types.CHAR, value: 8232 },
    { type: types_1.types.CHAR, value: 8233 },
];
// Predefined class objects.
const words = () => ({ type: types_1.types.SET, set: WORDS(), not: false });
exports.words = words;
const notWords = () => ({ type: types_1.types.SET, set: WORDS(), not: true });
exports.notWords = notWords;
const ints = () => ({ type: types_1.types.SET, set: INTS(), not: false });
exports.ints = ints;
const notInts = () => ({ type: types_1.types.SET, set: INTS(), not: true });
exports.notInts = notInts;
const whitespace = () => ({ type: types_1.types.SET, set: WHITESPACE(), not: false });
exports.whitespace = whitespace;
const notWhitespace = () => ({ type: types_1.types.SET, set: WHITESPACE(), not: true });
exports.notWhitespace = notWhitespace;
const anyChar = () => ({ type: types_1.types.SET, set: NOTANYCHAR(), not: true });
exports.anyChar = anyChar;
//# sourceMappingURL=sets.js.map

/***/ }),

/***/ 8621:
/***/ (function(__unused_webpack_module, exports, __nccwpck_require__) {


var __createBinding = (this && this.__createBinding) || (Object.create ? (function(o, m, k, k2) {
    if (k2 === undefined) k2 = k;
    var desc = Object.getOwnPropertyDescriptor(m, k);
    if (!desc || ("get" in desc ? !m.__esModule : desc.writable || desc.configurable)) {
      desc = { enumerable: true, get: function() { return m[k]; } };
    }
    Object.defineProperty(o, k2, desc);
}) : (function(o, m, k, k2) {
    if (k2 === undefined) k2 = k;
    o[k2] = m[k];
}));
var __setModuleDefault = (this && this.__setModuleDefault) || (Object.create ? (function(o, v) {
    Object.defineProperty(o, "default", { enumerable: true, value: v });
}) : function(o, v) {
    o["default"] = v;
});
var __importStar = (this && this.__importStar) || (function () {
    var ownKeys = function(o) {
        ownKeys = Object.getOwnPropertyNames || function (o) {
            var ar = [];
            for (var k in o) if (Object.prototype.hasOwnProperty.call(o, k)) ar[ar.length] = k;
            return ar;
        };
        return ownKeys(o);
    };
    return function (mod) {
        if (mod && mod.__esModule) return mod;
        var result = {};
        if (mod != null) for (var k = ownKeys(mod), i = 0; i < k.length; i++) if (k[i] !== "default") __createBinding(result, mod, k[i]);
        __setModuleDefault(result, mod);
        return result;
    };
})();
Object.defineProperty(exports, "__esModule", ({ value: true }));
exports.tokenizer = void 0;
const util = __importStar(__nccwpck_require__(3306));
const types_1 = __nccwpck_require__(6462);
const sets = __importStar(__nccwpck_require__(4815));
/**
 * Valid opening characters for capture group names.
 */
const captureGroupFirstChar = /^[a-zA-Z_$]$/i;
/**
 * Valid characters for capture group names.
 */
const captureGroupChars = /^[a-zA-Z0-9_$]$/i;
const digit = /\d/;
/**
 * Tokenizes a regular expression (that is currently a string)
 * @param {string} regexpStr String of regular expression to be tokenized
 *
 * @returns {Root}
 */
const tokenizer = (regexpStr) => {
    let i = 0, c;
    let start = { type: types_1.types.ROOT, stack: [] };
    // Keep track of last clause/group and stack.
    let lastGroup = start;
    let last = start.stack;
    let groupStack = [];
    let referenceQueue = [];
    let groupCount = 0;
    const repeatErr = (col) => {
        throw new SyntaxError(`Invalid regular expression: /${regexpStr}/: Nothing to repeat at column ${col - 1}`);
    };
    // Decode a few escaped characters.
    let str = util.strToChars(regexpStr);
    // Iterate through each character in string.
    while (i < str.length) {
        switch (c = str[i++]) {
            // Handle escaped characters, inclues a few sets.
            case '\\':
                if (i === str.length) {
                    throw new SyntaxError(`Invalid regular expression: /${regexpStr}/: \\ at end of pattern`);
                }
                switch (c = str[i++]) {
                    case 'b':
                        last.push({ type: types_1.types.POSITION, value: 'b' });
                        break;
                    case 'B':
                        last.push({ type: types_1.types.POSITION, value: 'B' });
                        break;
                    case 'w':
                        last.push(sets.words());
                        break;
                    case 'W':
                        last.push(sets.notWords());
                        break;
                    case 'd':
                        last.push(sets.ints());
                        break;
                    case 'D':
                        last.push(sets.notInts());
                        break;
                    case 's':
                        last.push(sets.whitespace());
                        break;
                    case 'S':
                        last.push(sets.notWhitespace());
                        break;
                    default:
                        // Check if c is integer.
                        // In which case it's a reference.
                        if (digit.test(c)) {
                            let digits = c;
                            while (i < str.length && digit.test(str[i])) {
                                digits += str[i++];
                            }
                            let value = parseInt(digits, 10);
                            const reference = { type: types_1.types.REFERENCE, value };
                            last.push(reference);
                            referenceQueue.push({ reference, stack: last, index: last.length - 1 });
                            // Escaped character.
                        }
                        else {
                            last.push({ type: types_1.types.CHAR, value: c.charCodeAt(0) });
                        }
                }
                break;
            // Positionals.
            case '^':
                last.push({ type: types_1.types.POSITION, value: '^' });
                break;
            case '$':
                last.push({ type: types_1.types.POSITION, value: '$' });
                break;
            // Handle custom sets.
            case '[': {
                // Check if this class is 'anti' i.e. [^abc].
                let not;
                if (str[i] === '^') {
                    not = true;
                    i++;
                }
                else {
                    not = false;
                }
                // Get all the characters in class.
                let classTokens = util.tokenizeClass(str.slice(i), regexpStr);
                // Increase index by length of class.
                i += classTokens[1];
                last.push({
                    type: types_1.types.SET,
                    set: classTokens[0],
                    not,
                });
                break;
            }
            // Class of any character except \n.
            case '.':
                last.push(sets.anyChar());
                break;
            // Push group onto stack.
            case '(': {
                // Create group.
                let group = {
                    type: types_1.types.GROUP,
                    stack: [],
                    remember: true,
                };
                // If this is a special kind of group.
                if (str[i] === '?') {
                    c = str[i + 1];
                    i += 2;
                    // Match if followed by.
                    if (c === '=') {
                        group.followedBy = true;
                        group.remember = false;
                        // Match if not followed by.
                    }
                    else if (c === '!') {
                        group.notFollowedBy = true;
                        group.remember = false;
                    }
                    else if (c === '<') {
                        let name = '';
                        if (captureGroupFirstChar.test(str[i])) {
                            name += str[i];
                            i++;
                        }
                        else {
                            throw new SyntaxError(`Invalid regular expression: /${regexpStr}/: Invalid capture group name, character '${str[i]}'` +
                                ` after '<' at column ${i + 1}`);
                        }
                        while (i < str.length && captureGroupChars.test(str[i])) {
                            name += str[i];
                            i++;
                        }
                        if (str[i] !== '>') {
                            throw new SyntaxError(`Invalid regular expression: /${regexpStr}/: Unclosed capture group name, expected '>', found` +
                                ` '${str[i]}' at column ${i + 1}`);
                        }
                        group.name = name;
                        i++;
                    }
                    else if (c === ':') {
                        group.remember = false;
                    }
                    else {
                        throw new SyntaxError(`Invalid regular expression: /${regexpStr}/: Invalid group, character '${c}'` +
                            ` after '?' at column ${i - 1}`);
                    }
                }
                else {
                    groupCount += 1;
                }
                // Insert subgroup into current group stack.
                last.push(group);
                // Remember the current group for when the group closes.
                groupStack.push(lastGroup);
                // Make this new group the current group.
                lastGroup = group;
                last = group.stack;
                break;
            }
            // Pop group out of stack.
            case ')':
                if (groupStack.length === 0) {
                    throw new SyntaxError(`Invalid regular expression: /${regexpStr}/: Unmatched ) at column ${i - 1}`);
                }
                lastGroup = groupStack.pop();
                // Check if this group has a PIPE.
                // To get back the correct last stack.
                last = lastGroup.options ?
                    lastGroup.options[lastGroup.options.length - 1] :
                    lastGroup.stack;
                break;
            // Use pipe character to give more choices.
            case '|': {
                // Create array where options are if this is the first PIPE
                // in this clause.
                if (!lastGroup.options) {
                    lastGroup.options = [lastGroup.stack];
                    delete lastGroup.stack;
                }
                // Create a new stack and add to options for rest of clause.
                let stack = [];
                lastGroup.options.push(stack);
                last = stack;
                break;
            }
            // Repetition.
            // For every repetition, remove last element from last stack
            // then insert back a RANGE object.
            // This design is chosen because there could be more than
            // one repetition symbols in a regex i.e. `a?+{2,3}`.
            case '{': {
                let rs = /^(\d+)(,(\d+)?)?\}/.exec(str.slice(i)), min, max;
                if (rs !== null) {
                    if (last.length === 0) {
                        repeatErr(i);
                    }
                    min = parseInt(rs[1], 10);
                    max = rs[2] ? rs[3] ? parseInt(rs[3], 10) : Infinity : min;
                    i += rs[0].length;
                    last.push({
                        type: types_1.types.REPETITION,
                        min,
                        max,
                        value: last.pop(),
                    });
                }
                else {
                    last.push({
                        type: types_1.types.CHAR,
                        value: 123,
                    });
                }
                break;
            }
            case '?':
                if (last.length === 0) {
                    repeatErr(i);
                }
                last.push({
                    type: types_1.types.REPETITION,
                    min: 0,
                    max: 1,
                    value: last.pop(),
                });
                break;
            case '+':
                if (last.length === 0) {
                    repeatErr(i);
                }
                last.push({
                    type: types_1.types.REPETITION,
                    min: 1,
                    max: Infinity,
                    value: last.pop(),
                });
                break;
            case '*':
                if (last.length === 0) {
                    repeatErr(i);
                }
                last.push({
                    type: types_1.types.REPETITION,
                    min: 0,
                    max: Infinity,
                    value: last.pop(),
                });
                break;
            // Default is a character that is not `\[](){}?+*^$`.
            default:
                last.push({
                    type: types_1.types.CHAR,
                    value: c.charCodeAt(0),
                });
        }
    }
    // Check if any groups have not been closed.
    if (groupStack.length !== 0) {
        throw new SyntaxError(`Invalid regular expression: /${regexpStr}/: Unterminated group`);
    }
    updateReferences(referenceQueue, groupCount);
    return start;
};
exports.tokenizer = tokenizer;
/**
 * This is a side effecting function that changes references to chars
 * if there are not enough capturing groups to reference
 * See: https://github.com/fent/ret.js/pull/39#issuecomment-1006475703
 * See: https://github.com/fent/ret.js/issues/38
 * @param {(Reference | Char)[]} referenceQueue
 * @param {number} groupCount
 * @returns {void}
 */
function updateReferences(referenceQueue, groupCount) {
    // Note: We go through the queue in reverse order so
    // that index we use is correct even if we have to add
    // multiple tokens to one stack
    for (const elem of referenceQueue.reverse()) {
        if (groupCount < elem.reference.value) {
            // If there is nothing to reference then turn this into a char token
            elem.reference.type = types_1.types.CHAR;
            const valueString = elem.reference.value.toString();
            elem.reference.value = parseInt(valueString, 8);
            // If the number is not octal then we need to create multiple tokens
            // https://github.com/fent/ret.js/pull/39#issuecomment-1008229226
            if (!/^[0-7]+$/.test(valueString)) {
                let i = 0;
                while (valueString[i] !== '8' && valueString[i] !== '9') {
                    i += 1;
                }
                if (i === 0) {
                    // Handling case when escaped number starts with 8 or 9
                    elem.reference.value = valueString.charCodeAt(0);
                    i += 1;
                }
                else {
                    // If the escaped number does not start with 8 or 9, then all
                    // 0-7 digits before the first 8/9 form the first character code
                    // see: https://github.com/fent/ret.js/pull/39#discussion_r780747085
                    elem.reference.value = parseInt(valueString.slice(0, i), 8);
                }
                if (valueString.length > i) {
                    const tail = elem.stack.splice(elem.index + 1);
                    for (const char of valueString.slice(i)) {
                        elem.stack.push({
                            type: types_1.types.CHAR,
                            value: char.charCodeAt(0),
                        });
                    }
                    elem.stack.push(...tail);
                }
            }
        }
    }
}
//# sourceMappingURL=tokenizer.js.map

/***/ }),

/***/ 6462:
/***/ (function(__unused_webpack_module, exports, __nccwpck_require__) {


var __createBinding = (this && this.__createBinding) || (Object.create ? (function(o, m, k, k2) {
    if (k2 === undefined) k2 = k;
    var desc = Object.getOwnPropertyDescriptor(m, k);
    if (!desc || ("get" in desc ? !m.__esModule : desc.writable || desc.configurable)) {
      desc = { enumerable: true, get: function() { return m[k]; } };
    }
    Object.defineProperty(o, k2, desc);
}) : (function(o, m, k, k2) {
    if (k2 === undefined) k2 = k;
    o[k2] = m[k];
}));
var __exportStar = (this && this.__exportStar) || function(m, exports) {
    for (var p in m) if (p !== "default" && !Object.prototype.hasOwnProperty.call(exports, p)) __createBinding(exports, m, p);
};
Object.defineProperty(exports, "__esModule", ({ value: true }));
__exportStar(__nccwpck_require__(286), exports);
__exportStar(__nccwpck_require__(6531), exports);
__exportStar(__nccwpck_require__(5561), exports);
//# sourceMappingURL=index.js.map

/***/ }),

/***/ 5561:
/***/ ((__unused_webpack_module, exports) => {


Object.defineProperty(exports, "__esModule", ({ value: true }));
//# sourceMappingURL=set-lookup.js.map

/***/ }),

/***/ 286:
/***/ ((__unused_webpack_module, exports) => {


Object.defineProperty(exports, "__esModule", ({ value: true }));
//# sourceMappingURL=tokens.js.map

/***/ }),

/***/ 6531:
/***/ ((__unused_webpack_module, exports) => {


Object.defineProperty(exports, "__esModule", ({ value: true }));
exports.types = void 0;
var types;
(function (types) {
    types[types["ROOT"] = 0] = "ROOT";
    types[types["GROUP"] = 1] = "GROUP";
    types[types["POSITION"] = 2] = "POSITION";
    types[types["SET"] = 3] = "SET";
    types[types["RANGE"] = 4] = "RANGE";
    types[types["REPETITION"] = 5] = "REPETITION";
    types[types["REFERENCE"] = 6] = "REFERENCE";
    types[types["CHAR"] = 7] = "CHAR";
})(types || (exports.types = types = {}));
//# sourceMappingURL=types.js.map

/***/ }),

/***/ 3306:
/***/ (function(__unused_webpack_module, exports, __nccwpck_require__) {


var __createBinding = (this && this.__createBinding) || (Object.create ? (function(o, m, k, k2) {
    if (k2 === undefined) k2 = k;
    var desc = Object.getOwnPropertyDescriptor(m, k);
    if (!desc || ("get" in desc ? !m.__esModule : desc.writable || desc.configurable)) {
      desc = { enumerable: true, get: function() { return m[k]; } };
    }
    Object.defineProperty(o, k2, desc);
}) : (function(o, m, k, k2) {
    if (k2 === undefined) k2 = k;
    o[k2] = m[k];
}));
var __setModuleDefault = (this && this.__setModuleDefault) || (Object.create ? (function(o, v) {
    Object.defineProperty(o, "default", { enumerable: true, value: v });
}) : function(o, v) {
    o["default"] = v;
});
var __importStar = (this && this.__importStar) || (function () {
    var ownKeys = function(o) {
        ownKeys = Object.getOwnPropertyNames || function (o) {
            var ar = [];
            for (var k in o) if (Object.prototype.hasOwnProperty.call(o, k)) ar[ar.length] = k;
            return ar;
        };
        return ownKeys(o);
    };
    return function (mod) {
        if (mod && mod.__esModule) return mod;
        var result = {};
        if (mod != null) for (var k = ownKeys(mod), i = 0; i < k.length; i++) if (k[i] !== "default") __createBinding(result, mod, k[i]);
        __setModuleDefault(result, mod);
        return result;
    };
})();
Object.defineProperty(exports, "__esModule", ({ value: true }));
exports.tokenizeClass = exports.strToChars = void 0;
const types_1 = __nccwpck_require__(6462);
const sets = __importStar(__nccwpck_require__(4815));
const CTRL = '@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^ ?';
/**
 * Finds character representations in str and convert all to
 * their respective characters.
 *
 * @param {string} str
 * @returns {string}
 */
const strToChars = (str) => {
    const charsRegex = /(\[\\b\])|(\\)?\\(?:u([A-F0-9]{4})|x([A-F0-9]{2})|c([@A-Z[\\\]^?])|([0tnvfr]))/g;
    return str.replace(charsRegex, (s, b, lbs, a16, b16, dctrl, eslsh) => {
        if (lbs) {
            return s;
        }
        let code = b ? 8 :
            a16 ? parseInt(a16, 16) :
                b16 ? parseInt(b16, 16) :
                    dctrl ? CTRL.indexOf(dctrl) : {
                        0: 0,
                        t: 9,
                        n: 10,
                        v: 11,
                        f: 12,
                        r: 13,
                    }[eslsh];
        let c = String.fromCharCode(code);
        // Escape special regex characters.
        return /[[\]{}^$.|?*+()]/.test(c) ? `\\${c}` : c;
    });
};
exports.strToChars = strToChars;
/**
 * Turns class into tokens
 * reads str until it encounters a ] not preceeded by a \
 *
 * @param {string} str
 * @param {string} regexpStr
 * @returns {Array.<Array.<Object>, number>}
 */
const tokenizeClass = (str, regexpStr = '') => {
    var _a, _b, _c, _d, _e, _f, _g;
    let tokens = [], rs, c;
    const regexp = /\\(?:(w)|(d)|(s)|(W)|(D)|(S))|((?:(?:\\)(.)|([^\]\\]))-(((?:\\)])|(((?:\\)?([^\]])))))|(\])|(?:\\)?([^])/g;
    while ((rs = regexp.exec(str)) !== null) {
        const p = (_g = (_f = (_e = (_d = (_c = (_b = (_a = (rs[1] && sets.words())) !== null && _a !== void 0 ? _a : (rs[2] && sets.ints())) !== null && _b !== void 0 ? _b : (rs[3] && sets.whitespace())) !== null && _c !== void 0 ? _c : (rs[4] && sets.notWords())) !== null && _d !== void 0 ? _d : (rs[5] && sets.notInts())) !== null && _e !== void 0 ? _e : (rs[6] && sets.notWhitespace())) !== null && _f !== void 0 ? _f : (rs[7] && {
            type: types_1.types.RANGE,
            from: (rs[8] || rs[9]).charCodeAt(0),
            to: (c = rs[10]).charCodeAt(c.length - 1),
        })) !== null && _g !== void 0 ? _g : ((c = rs[16]) && { type: types_1.types.CHAR, value: c.charCodeAt(0) });
        if (p) {
            tokens.push(p);
        }
        else {
            return [tokens, regexp.lastIndex];
        }
    }
    throw new SyntaxError(`Invalid regular expression: /${regexpStr}/: Unterminated character class`);
};
exports.tokenizeClass = tokenizeClass;
//# sourceMappingURL=util.js.map

/***/ }),

/***/ 7657:
/***/ (function(__unused_webpack_module, exports, __nccwpck_require__) {


var __createBinding = (this && this.__createBinding) || (Object.create ? (function(o, m, k, k2) {
    if (k2 === undefined) k2 = k;
    var desc = Object.getOwnPropertyDescriptor(m, k);
    if (!desc || ("get" in desc ? !m.__esModule : desc.writable || desc.configurable)) {
      desc = { enumerable: true, get: function() { return m[k]; } };
    }
    Object.defineProperty(o, k2, desc);
}) : (function(o, m, k, k2) {
    if (k2 === undefined) k2 = k;
    o[k2] = m[k];
}));
var __setModuleDefault = (this && this.__setModuleDefault) || (Object.create ? (function(o, v) {
    Object.defineProperty(o, "default", { enumerable: true, value: v });
}) : function(o, v) {
    o["default"] = v;
});
var __importStar = (this && this.__importStar) || (function () {
    var ownKeys = function(o) {
        ownKeys = Object.getOwnPropertyNames || function (o) {
            var ar = [];
            for (var k in o) if (Object.prototype.hasOwnProperty.call(o, k)) ar[ar.length] = k;
            return ar;
        };
        return ownKeys(o);
    };
    return function (mod) {
        if (mod && mod.__esModule) return mod;
        var result = {};
        if (mod != null) for (var k = ownKeys(mod), i = 0; i < k.length; i++) if (k[i] !== "default") __createBinding(result, mod, k[i]);
        __setModuleDefault(result, mod);
        return result;
    };
})();
Object.defineProperty(exports, "__esModule", ({ value: true }));
exports.setChar = setChar;
exports.writeSetTokens = writeSetTokens;
const types_1 = __nccwpck_require__(6462);
const sets = __importStar(__nccwpck_require__(1690));
/**
 * Takes character code and returns character to be displayed in a set
 * @param {number} charCode Character code of set element
 * @returns {string} The string for the sets character
 */
function setChar(charCode) {
    return charCode === 94 ? '\\^' :
        charCode === 92 ? '\\\\' :
            charCode === 93 ? '\\]' :
                charCode === 45 ? '\\-' :
                    String.fromCharCode(charCode);
}
/**
 * Test if a character set matches a 'set-lookup'
 * @param {SetTokens} set The set to be tested
 * @param {SetLookup} param The predefined 'set-lookup' & the number of elements in the lookup
 * @returns {boolean} True if the character set corresponds to the 'set-lookup'
 */
function isSameSet(set, { lookup, len }) {
    // If the set and the lookup are not of the same length
    // then we immediately know that the lookup will be false
    if (len !== set.length) {
        return false;
    }
    const map = lookup();
    for (const elem of set) {
        if (elem.type === types_1.types.SET) {
            return false;
        }
        const key = elem.type === types_1.types.CHAR ? elem.value : `${elem.from}-${elem.to}`;
        if (map[key]) {
            map[key] = false;
        }
        else {
            return false;
        }
    }
    return true;
}
/**
 * Writes the tokens for a set
 * @param {Set} set The set to display
 * @param {boolean} isNested Whether the token is nested inside another set token
 * @returns {string} The tokens for the set
 */
function writeSetTokens(set, isNested = false) {
    if (isSameSet(set.set, sets.INTS)) {
        return set.not ? '\\D' : '\\d';
    }
    if (isSameSet(set.set, sets.WORDS)) {
        return set.not ? '\\W' : '\\w';
    }
    // Notanychar is only relevant when not nested inside another set token
    if (set.not && isSameSet(set.set, sets.NOTANYCHAR)) {
        return '.';
    }
    if (isSameSet(set.set, sets.WHITESPACE)) {
        return set.not ? '\\S' : '\\s';
    }
    let tokenString = '';
    for (let i = 0; i < set.set.length; i++) {
        const subset = set.set[i];
        tokenString += writeSetToken(subset);
    }
    const contents = `${set.not ? '^' : ''}${tokenString}`;
    return isNested ? contents : `[${contents}]`;
}
/**
 * Writes a token within a set
 * @param {Range | Char | Set} set The set token to display
 * @returns {string} The token as a string
 */
function writeSetToken(set) {
    if (set.type === types_1.types.CHAR) {
        return setChar(set.value);
    }
    else if (set.type === types_1.types.RANGE) {
        return `${setChar(set.from)}-${setChar(set.to)}`;
    }
    return writeSetTokens(set, true);
}
//# sourceMappingURL=write-set-tokens.js.map

/***/ }),

/***/ 4589:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:assert");

/***/ }),

/***/ 7598:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:crypto");

/***/ }),

/***/ 8474:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:events");

/***/ }),

/***/ 3024:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:fs");

/***/ }),

/***/ 6760:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:path");

/***/ }),

/***/ 7075:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:stream");

/***/ }),

/***/ 7975:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:util");

/***/ }),

/***/ 8946:
/***/ ((module, __unused_webpack_exports, __nccwpck_require__) => {



const WritableStream = (__nccwpck_require__(7075).Writable)
const inherits = (__nccwpck_require__(7975).inherits)

const StreamSearch = __nccwpck_require__(6484)

const PartStream = __nccwpck_require__(7952)
const HeaderParser = __nccwpck_require__(7003)

const DASH = 45
const B_ONEDASH = Buffer.from('-')
const B_CRLF = Buffer.from('\r\n')
const EMPTY_FN = function () {}

function Dicer (cfg) {
  if (!(this instanceof Dicer)) { return new Dicer(cfg) }
  WritableStream.call(this, cfg)

  if (!cfg || (!cfg.headerFirst && typeof cfg.boundary !== 'string')) { throw new TypeError('Boundary required') }

  if (typeof cfg.boundary === 'string') { this.setBoundary(cfg.boundary) } else { this._bparser = undefined }

  this._headerFirst = cfg.headerFirst

  this._dashes = 0
  this._parts = 0
  this._finished = false
  this._realFinish = false
  this._isPreamble = true
  this._justMatched = false
  this._firstWrite = true
  this._inHeader = true
  this._part = undefined
  this._cb = undefined
  this._ignoreData = false
  this._partOpts = { highWaterMark: cfg.partHwm }
  this._pause = false

  const self = this
  this._hparser = new HeaderParser(cfg)
  this._hparser.on('header', function (header) {
    self._inHeader = false
    self._part.emit('header', header)
  })
}
inherits(Dicer, WritableStream)

Dicer.prototype.emit = function (ev) {
  if (ev === 'finish' && !this._realFinish) {
    if (!this._finished) {
      const self = this
      process.nextTick(function () {
        self.emit('error', new Error('Unexpected end of multipart data'))
        if (self._part && !self._ignoreData) {
          const type = (self._isPreamble ? 'Preamble' : 'Part')
          self._part.emit('error', new Error(type + ' terminated early due to unexpected end of multipart data'))
          self._part.push(null)
          process.nextTick(function () {
            self._realFinish = true
            self.emit('finish')
            self._realFinish = false
          })
          return
        }
        self._realFinish = true
        self.emit('finish')
        self._realFinish = false
      })
    }
  } else { WritableStream.prototype.emit.apply(this, arguments) }
}

Dicer.prototype._write = function (data, encoding, cb) {
  // ignore unexpected data (e.g. extra trailer data after finished)
  if (!this._hparser && !this._bparser) { return cb() }

  if (this._headerFirst && this._isPreamble) {
    if (!this._part) {
      this._part = new PartStream(this._partOpts)
      if (this.listenerCount('preamble') !== 0) { this.emit('preamble', this._part) } else { this._ignore() }
    }
    const r = this._hparser.push(data)
    if (!this._inHeader && r !== undefined && r < data.length) { data = data.slice(r) } else { return cb() }
  }

  // allows for "easier" testing
  if (this._firstWrite) {
    this._bparser.push(B_CRLF)
    this._firstWrite = false
  }

  this._bparser.push(data)

  if (this._pause) { this._cb = cb } else { cb() }
}

Dicer.prototype.reset = function () {
  this._part = undefined
  this._bparser = undefined
  this._hparser = undefined
}

Dicer.prototype.setBoundary = function (boundary) {
  const self = this
  this._bparser = new StreamSearch('\r\n--' + boundary)
  this._bparser.on('info', function (isMatch, data, start, end) {
    self._oninfo(isMatch, data, start, end)
  })
}

Dicer.prototype._ignore = function () {
  if (this._part && !this._ignoreData) {
    this._ignoreData = true
    this._part.on('error', EMPTY_FN)
    // we must perform some kind of read on the stream even though we are
    // ignoring the data, otherwise node's Readable stream will not emit 'end'
    // after pushing null to the stream
    this._part.resume()
  }
}

Dicer.prototype._oninfo = function (isMatch, data, start, end) {
  let buf; const self = this; let i = 0; let r; let shouldWriteMore = true

  if (!this._part && this._justMatched && data) {
    while (this._dashes < 2 && (start + i) < end) {
      if (data[start + i] === DASH) {
        ++i
        ++this._dashes
      } else {
        if (this._dashes) { buf = B_ONEDASH }
        this._dashes = 0
        break
      }
    }
    if (this._dashes === 2) {
      if ((start + i) < end && this.listenerCount('trailer') !== 0) { this.emit('trailer', data.slice(start + i, end)) }
      this.reset()
      this._finished = true
      // no more parts will be added
      if (self._parts === 0) {
        self._realFinish = true
        self.emit('finish')
        self._realFinish = false
      }
    }
    if (this._dashes) { return }
  }
  if (this._justMatched) { this._justMatched = false }
  if (!this._part) {
    this._part = new PartStream(this._partOpts)
    this._part._read = function (n) {
      self._unpause()
    }
    if (this._isPreamble && this.listenerCount('preamble') !== 0) {
      this.emit('preamble', this._part)
    } else if (this._isPreamble !== true && this.listenerCount('part') !== 0) {
      this.emit('part', this._part)
    } else {
      this._ignore()
    }
    if (!this._isPreamble) { this._inHeader = true }
  }
  if (data && start < end && !this._ignoreData) {
    if (this._isPreamble || !this._inHeader) {
      if (buf) { shouldWriteMore = this._part.push(buf) }
      shouldWriteMore = this._part.push(data.slice(start, end))
      if (!shouldWriteMore) { this._pause = true }
    } else if (!this._isPreamble && this._inHeader) {
      if (buf) { this._hparser.push(buf) }
      r = this._hparser.push(data.slice(start, end))
      if (!this._inHeader && r !== undefined && r < end) { this._oninfo(false, data, start + r, end) }
    }
  }
  if (isMatch) {
    this._hparser.reset()
    if (this._isPreamble) { this._isPreamble = false } else {
      // A part whose header block is still incomplete never emits 'header',
      // so nothing will consume it and its 'end' would never fire. Do not
      // count it as outstanding, just like an empty part.
      if (start !== end && !this._inHeader) {
        ++this._parts
        this._part.on('end', function () {
          if (--self._parts === 0) {
            if (self._finished) {
              self._realFinish = true
              self.emit('finish')
              self._realFinish = false
            } else {
              self._unpause()
            }
          }
        })
      }
    }
    this._part.push(null)
    this._part = undefined
    this._ignoreData = false
    this._justMatched = true
    this._dashes = 0
  }
}

Dicer.prototype._unpause = function () {
  if (!this._pause) { return }

  this._pause = false
  if (this._cb) {
    const cb = this._cb
    this._cb = undefined
    cb()
  }
}

module.exports = Dicer


/***/ }),

/***/ 7003:
/***/ ((module, __unused_webpack_exports, __nccwpck_require__) => {



const EventEmitter = (__nccwpck_require__(8474).EventEmitter)
const inherits = (__nccwpck_require__(7975).inherits)
const getLimit = __nccwpck_require__(5245)

const B_DCRLF = Buffer.from('\r\n\r\n')
const S_DCRLF = '\r\n\r\n'

function HeaderParser (cfg) {
  EventEmitter.call(this)

  cfg = cfg || {}
  this.nread = 0
  this.maxed = false
  // Number of trailing header bytes received but not kept in this.buffer
  // because maxHeaderSize was reached.
  this.dropped = 0
  this.npairs = 0
  this.maxHeaderPairs = getLimit(cfg, 'maxHeaderPairs', 2000)
  this.maxHeaderSize = getLimit(cfg, 'maxHeaderSize', 80 * 1024)
  this.buffer = ''
  this.header = Object.create(null)
  this.finished = false
  this.tail = ''
}
inherits(HeaderParser, EventEmitter)

HeaderParser.prototype.push = function (data) {
  if (!Buffer.isBuffer(data)) { data = Buffer.from(data, 'binary') }

  let end = data.length
  let appendEnd = data.length
  let found = false
  let splitTail = 0
  const tail = this.tail

  for (let i = tail.length; i > 0; --i) {
    if (tail.endsWith(S_DCRLF.slice(0, i))) {
      let matched = data.length >= S_DCRLF.length - i
      for (let j = i; matched && j < S_DCRLF.length; ++j) {
        matched = data[j - i] === S_DCRLF.charCodeAt(j)
      }
      if (matched) {
        end = S_DCRLF.length - i
        appendEnd = 0
        splitTail = i
        found = true
        break
      }
    }
  }

  if (!found) {
    const pos = data.indexOf(B_DCRLF)
    if (pos !== -1) {
      end = pos + B_DCRLF.length
      appendEnd = pos
      found = true
    }
  }

  if (!found) {
    this.tail = data.length >= 3
      ? data.toString('binary', data.length - 3)
      : (tail + data.toString('binary')).slice(-3)
  } else { this.tail = '' }

  if (appendEnd !== 0 && !this.maxed) {
    const remaining = this.maxHeaderSize - this.nread
    if (appendEnd >= remaining) {
      this.buffer += data.toString('binary', 0, remaining)
      this.nread = this.maxHeaderSize
      this.maxed = true
      this.dropped = appendEnd - remaining
    } else {
      this.buffer += data.toString('binary', 0, appendEnd)
      this.nread += appendEnd
    }
  } else {
    this.dropped += appendEnd
  }

  if (found) {
    // A CRLFCRLF header terminator split across pushes left its leading bytes
    // in this.buffer on the previous push; drop them so they do not trail the
    // last header value. splitTail is 0 in the common case, making this a no-op.
    // When maxHeaderSize truncation dropped some trailing bytes, only the
    // terminator bytes that actually made it into this.buffer are removed.
    const buffered = splitTail - this.dropped
    if (buffered > 0) {
      this.buffer = this.buffer.slice(0, this.buffer.length - buffered)
    }
    this._finish()
    return end
  }
}

HeaderParser.prototype.reset = function () {
  this.finished = false
  // A delimiter can cut off an incomplete header block; do not let its size
  // and pair counts carry over into the next part's header block.
  this.nread = this.npairs = 0
  this.maxed = false
  this.buffer = ''
  this.header = Object.create(null)
  this.tail = ''
  this.dropped = 0
}

HeaderParser.prototype._finish = function () {
  if (this.buffer) { this._parseHeader() }
  const header = this.header
  this.header = Object.create(null)
  this.buffer = ''
  this.tail = ''
  this.finished = true
  this.nread = this.npairs = 0
  this.maxed = false
  this.dropped = 0
  this.emit('header', header)
}

HeaderParser.prototype._parseHeader = function () {
  if (this.npairs === this.maxHeaderPairs) { return }

  const buffer = this.buffer
  let h
  let lineStart = 0

  while (lineStart < buffer.length) {
    let lineEnd = buffer.indexOf('\r\n', lineStart)
    if (lineEnd === -1) { lineEnd = buffer.length }

    if (lineEnd === lineStart) {
      lineStart = lineEnd + 2
      continue
    }

    // Reject bare line breaks instead of exposing them in parsed values
    const line = buffer.slice(lineStart, lineEnd)
    if (line.includes('\r') || line.includes('\n')) { return }

    if ((buffer[lineStart] === '\t' || buffer[lineStart] === ' ') && h) {
      // folded header content
      // RFC2822 says to just remove the CRLF and not the whitespace following
      // it, so we follow the RFC and include the leading whitespace ...
      this.header[h][this.header[h].length - 1] += buffer.slice(lineStart, lineEnd)
      lineStart = lineEnd + 2
      continue
    }

    const posColon = buffer.indexOf(':', lineStart)
    if (
      posColon === -1 ||
      posColon === lineStart ||
      posColon > lineEnd
    ) {
      return
    }
    h = buffer.slice(lineStart, posColon).toLowerCase()
    let valueStart = posColon + 1
    if (buffer[valueStart] === ' ' || buffer[valueStart] === '\t') { ++valueStart }
    const values = this.header[h] || (this.header[h] = [])
    values.push(buffer.slice(valueStart, lineEnd))
    if (++this.npairs === this.maxHeaderPairs) { break }

    lineStart = lineEnd + 2
  }
}

module.exports = HeaderParser


/***/ }),

/***/ 7952:
/***/ ((module, __unused_webpack_exports, __nccwpck_require__) => {



const inherits = (__nccwpck_require__(7975).inherits)
const ReadableStream = (__nccwpck_require__(7075).Readable)

function PartStream (opts) {
  ReadableStream.call(this, opts)
}
inherits(PartStream, ReadableStream)

PartStream.prototype._read = function (n) {}

module.exports = PartStream


/***/ }),

/***/ 6484:
/***/ ((module, __unused_webpack_exports, __nccwpck_require__) => {



/**
 * Copyright Brian White. All rights reserved.
 *
 * @see https://github.com/mscdex/streamsearch
 *
 * Permission is hereby granted, free of charge, to any person obtaining a copy
 * of this software and associated documentation files (the "Software"), to
 * deal in the Software without restriction, including without limitation the
 * rights to use, copy, modify, merge, publish, distribute, sublicense, and/or
 * sell copies of the Software, and to permit persons to whom the Software is
 * furnished to do so, subject to the following conditions:
 *
 * The above copyright notice and this permission notice shall be included in
 * all copies or substantial portions of the Software.
 *
 * THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR
 * IMPLIED, INCLUDING BUT NOT LIMITED TO THE WARRANTIES OF MERCHANTABILITY,
 * FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE
 * AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER
 * LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING
 * FROM, OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS
 * IN THE SOFTWARE.
 *
 * Based heavily on the Streaming Boyer-Moore-Horspool C++ implementation
 * by Hongli Lai at: https://github.com/FooBarWidget/boyer-moore-horspool
 */

const { EventEmitter } = __nccwpck_require__(8474)
const { inherits } = __nccwpck_require__(7975)

function SBMH (needle) {
  if (typeof needle === 'string') {
    needle = Buffer.from(needle)
  }

  if (!Buffer.isBuffer(needle)) {
    throw new TypeError('The needle has to be a String or a Buffer.')
  }

  const needleLength = needle.length
  const needleLastCharIndex = needleLength - 1

  if (needleLength === 0) {
    throw new Error('The needle cannot be an empty String/Buffer.')
  }

  if (needleLength > 256) {
    throw new Error('The needle cannot have a length bigger than 256.')
  }

  this.maxMatches = Infinity
  this.matches = 0

  this._occ = new Uint16Array(256)
    .fill(needleLength) // Initialize occurrence table.
  this._lookbehind_size = 0
  this._needle = needle
  this._bufpos = 0

  this._lookbehind = Buffer.alloc(needleLastCharIndex)

  // Populate occurrence table with analysis of the needle,
  // ignoring last letter.
  for (var i = 0; i < needleLastCharIndex; ++i) { // eslint-disable-line no-var
    this._occ[needle[i]] = needleLastCharIndex - i
  }
}
inherits(SBMH, EventEmitter)

SBMH.prototype.reset = function () {
  this._lookbehind_size = 0
  this.matches = 0
  this._bufpos = 0
}

SBMH.prototype.push = function (chunk, pos) {
  if (!Buffer.isBuffer(chunk)) {
    chunk = Buffer.from(chunk, 'binary')
  }
  const chlen = chunk.length
  this._bufpos = pos || 0
  let r
  while (r !== chlen && this.matches < this.maxMatches) { r = this._sbmh_feed(chunk) }
  return r
}

SBMH.prototype._sbmh_feed = function (data) {
  const len = data.length
  const needle = this._needle
  const needleLength = needle.length
  const needleLastCharIndex = needleLength - 1
  const needleLastChar = needle[needleLastCharIndex]

  // Positive: points to a position in `data`
  //           pos == 3 points to data[3]
  // Negative: points to a position in the lookbehind buffer
  //           pos == -2 points to lookbehind[lookbehind_size - 2]
  let pos = -this._lookbehind_size
  let ch

  if (pos < 0) {
    // Lookbehind buffer is not empty. Perform Boyer-Moore-Horspool
    // search with character lookup code that considers both the
    // lookbehind buffer and the current round's haystack data.
    //
    // Loop until
    //   there is a match.
    // or until
    //   we've moved past the position that requires the
    //   lookbehind buffer. In this case we switch to the
    //   optimized loop.
    // or until
    //   the character to look at lies outside the haystack.
    while (pos < 0 && pos <= len - needleLength) {
      ch = data[pos + needleLastCharIndex]

      if (
        ch === needleLastChar &&
        this._sbmh_memcmp(data, pos, needleLastCharIndex)
      ) {
        this._lookbehind_size = 0
        ++this.matches
        this.emit('info', true)
        return (this._bufpos = pos + needleLength)
      }

      pos += this._occ[ch]
    }

    // No match.

    while (pos < 0 && !this._sbmh_memcmp(data, pos, len - pos)) {
      // There's too few data for Boyer-Moore-Horspool to run,
      // so let's use a different algorithm to skip as much as
      // we can.
      // Forward pos until
      //   the trailing part of lookbehind + data
      //   looks like the beginning of the needle
      // or until
      //   pos == 0
      ++pos
    }

    if (pos >= 0) {
      // Discard lookbehind buffer.
      this.emit('info', false, this._lookbehind, 0, this._lookbehind_size)
      this._lookbehind_size = 0
    } else {
      // Cut off part of the lookbehind buffer that has
      // been processed and append the entire haystack
      // into it.
      const bytesToCutOff = this._lookbehind_size + pos
      if (bytesToCutOff > 0) {
        // The cut off data is guaranteed not to contain the needle.
        this.emit('info', false, this._lookbehind, 0, bytesToCutOff)
      }

      this._lookbehind_size -= bytesToCutOff
      this._lookbehind.copy(this._lookbehind, 0, bytesToCutOff, this._lookbehind_size)

      data.copy(this._lookbehind, this._lookbehind_size)
      this._lookbehind_size += len

      this._bufpos = len
      return len
    }
  }

  // Lookbehind buffer is now empty. We only need to check if the
  // needle is in the haystack.
  pos = data.indexOf(needle, pos + this._bufpos)

  if (pos !== -1) {
    ++this.matches
    if (pos === 0) { this.emit('info', true) } else { this.emit('info', true, data, this._bufpos, pos) }
    return (this._bufpos = pos + needleLength)
  }

  pos = len - needleLastCharIndex
  if (pos < 0) {
    pos = 0
  }

  // There was no match. If there's trailing haystack data that we cannot
  // match yet using the Boyer-Moore-Horspool algorithm (because the trailing
  // data is less than the needle size) then match using a modified
  // algorithm that starts matching from the beginning instead of the end.
  // Whatever trailing data is left after running this algorithm is added to
  // the lookbehind buffer.
  while (
    pos !== len &&
    (
      data[pos] !== needle[0] ||
      Buffer.compare(
        data.subarray(pos + 1, len),
        needle.subarray(1, len - pos)
      ) !== 0
    )
  ) {
    ++pos
  }

  if (pos !== len) {
    data.copy(this._lookbehind, 0, pos, len)
    this._lookbehind_size = len - pos
  }

  // Everything until pos is guaranteed not to contain needle data.
  if (pos !== 0) { this.emit('info', false, data, this._bufpos, pos) }

  this._bufpos = len
  return len
}

SBMH.prototype._sbmh_lookup_char = function (data, pos) {
  return pos < 0
    ? this._lookbehind[this._lookbehind_size + pos]
    : data[pos]
}

SBMH.prototype._sbmh_memcmp = function (data, pos, len) {
  for (var i = 0; i < len; ++i) { // eslint-disable-line no-var
    if (this._sbmh_lookup_char(data, pos + i) !== this._needle[i]) { return false }
  }
  return true
}

module.exports = SBMH


/***/ }),

/***/ 2666:
/***/ ((module, __unused_webpack_exports, __nccwpck_require__) => {



const WritableStream = (__nccwpck_require__(7075).Writable)
const { inherits } = __nccwpck_require__(7975)
const Dicer = __nccwpck_require__(8946)

const MultipartParser = __nccwpck_require__(5764)
const UrlencodedParser = __nccwpck_require__(1411)
const parseParams = __nccwpck_require__(717)

function Busboy (opts) {
  if (!(this instanceof Busboy)) { return new Busboy(opts) }

  if (typeof opts !== 'object') {
    throw new TypeError('Busboy expected an options-Object.')
  }
  if (typeof opts.headers !== 'object') {
    throw new TypeError('Busboy expected an options-Object with headers-attribute.')
  }
  if (typeof opts.headers['content-type'] !== 'string') {
    throw new TypeError('Missing Content-Type-header.')
  }

  const {
    headers,
    ...streamOptions
  } = opts

  this.opts = {
    autoDestroy: false,
    ...streamOptions
  }
  WritableStream.call(this, this.opts)

  this._done = false
  this._parser = this.getParserByHeaders(headers)
  this._finished = false
}
inherits(Busboy, WritableStream)

Busboy.prototype.emit = function (ev) {
  if (ev === 'finish') {
    if (!this._done) {
      this._parser?.end()
      return
    } else if (this._finished) {
      return
    }
    this._finished = true
  }
  WritableStream.prototype.emit.apply(this, arguments)
}

Busboy.prototype.getParserByHeaders = function (headers) {
  const parsed = parseParams(headers['content-type'])

  const cfg = {
    defCharset: this.opts.defCharset,
    fileHwm: this.opts.fileHwm,
    headers,
    highWaterMark: this.opts.highWaterMark,
    isPartAFile: this.opts.isPartAFile,
    limits: this.opts.limits,
    parsedConType: parsed,
    preservePath: this.opts.preservePath
  }

  if (MultipartParser.detect.test(parsed[0])) {
    return new MultipartParser(this, cfg)
  }
  if (UrlencodedParser.detect.test(parsed[0])) {
    return new UrlencodedParser(this, cfg)
  }
  throw new Error('Unsupported Content-Type.')
}

Busboy.prototype._write = function (chunk, encoding, cb) {
  this._parser.write(chunk, cb)
}

module.exports = Busboy
module.exports["default"] = Busboy
module.exports.Busboy = Busboy

module.exports.Dicer = Dicer


/***/ }),

/***/ 5764:
/***/ ((module, __unused_webpack_exports, __nccwpck_require__) => {



// TODO:
//  * support 1 nested multipart level
//    (see second multipart example here:
//     https://www.w3.org/TR/html401/interact/forms.html#didx-multipartform-data)
//  * support limits.fieldNameSize
//     -- this will require modifications to utils.parseParams

const { Readable } = __nccwpck_require__(7075)
const { inherits } = __nccwpck_require__(7975)

const Dicer = __nccwpck_require__(8946)

const parseParams = __nccwpck_require__(717)
const decodeText = __nccwpck_require__(6607)
const basename = __nccwpck_require__(5080)
const getLimit = __nccwpck_require__(5245)

const RE_BOUNDARY = /^boundary$/i
const RE_FIELD = /^form-data$/i
const RE_CHARSET = /^charset$/i
const RE_FILENAME = /^filename$/i
const RE_NAME = /^name$/i

Multipart.detect = /^multipart\/form-data/i
function Multipart (boy, cfg) {
  let i
  let len
  const self = this
  let boundary
  const limits = cfg.limits
  const isPartAFile = cfg.isPartAFile || ((fieldName, contentType, fileName) => (contentType === 'application/octet-stream' || fileName !== undefined))
  const parsedConType = cfg.parsedConType || []
  const defCharset = cfg.defCharset || 'utf8'
  const preservePath = cfg.preservePath
  const fileOpts = { highWaterMark: cfg.fileHwm }

  for (i = 0, len = parsedConType.length; i < len; ++i) {
    if (Array.isArray(parsedConType[i]) &&
      RE_BOUNDARY.test(parsedConType[i][0])) {
      boundary = parsedConType[i][1]
      break
    }
  }

  function checkFinished () {
    if (nends === 0 && finished && !boy._done) {
      finished = false
      self.end()
    }
  }

  if (typeof boundary !== 'string') { throw new Error('Multipart: Boundary not found') }

  const fieldSizeLimit = getLimit(limits, 'fieldSize', 1 * 1024 * 1024)
  const fileSizeLimit = getLimit(limits, 'fileSize', Infinity)
  const filesLimit = getLimit(limits, 'files', Infinity)
  const fieldsLimit = getLimit(limits, 'fields', Infinity)
  const partsLimit = getLimit(limits, 'parts', Infinity)
  const headerPairsLimit = getLimit(limits, 'headerPairs', 2000)
  const headerSizeLimit = getLimit(limits, 'headerSize', 80 * 1024)

  let nfiles = 0
  let nfields = 0
  let nends = 0
  let curFile
  let curField
  let finished = false

  this._needDrain = false
  this._pause = false
  this._cb = undefined
  this._nparts = 0
  this._boy = boy

  const parserCfg = {
    boundary,
    maxHeaderPairs: headerPairsLimit,
    maxHeaderSize: headerSizeLimit,
    partHwm: fileOpts.highWaterMark,
    highWaterMark: cfg.highWaterMark
  }

  this.parser = new Dicer(parserCfg)
  this.parser.on('drain', function () {
    self._needDrain = false
    if (self._cb && !self._pause) {
      const cb = self._cb
      self._cb = undefined
      cb()
    }
  }).on('part', function onPart (part) {
    if (++self._nparts > partsLimit) {
      self.parser.removeListener('part', onPart)
      self.parser.on('part', skipPart)
      boy.hitPartsLimit = true
      boy.emit('partsLimit')
      return skipPart(part)
    }

    // hack because streams2 _always_ doesn't emit 'end' until nextTick, so let
    // us emit 'end' early since we know the part has ended if we are already
    // seeing the next part
    if (curField) {
      const field = curField
      field.emit('end')
      field.removeAllListeners('end')
    }

    part.on('header', function (header) {
      let contype
      let fieldname
      let parsed
      let charset
      let encoding
      let filename
      let nsize = 0

      if (header['content-type']) {
        const contentType = header['content-type'][0]
        if (contentType.length !== 0 && contentType.indexOf(';') === -1 && contentType.indexOf(' ') === -1 && contentType.indexOf('\t') === -1) {
          contype = contentType.toLowerCase()
        } else {
          parsed = parseParams(contentType)
          if (parsed[0]) {
            contype = parsed[0].toLowerCase()
            for (i = 0, len = parsed.length; i < len; ++i) {
              if (RE_CHARSET.test(parsed[i][0])) {
                charset = parsed[i][1].toLowerCase()
                break
              }
            }
          }
        }
      }

      if (contype === undefined) { contype = 'text/plain' }
      if (charset === undefined) { charset = defCharset }

      if (header['content-disposition']) {
        parsed = parseParams(header['content-disposition'][0])
        if (!RE_FIELD.test(parsed[0])) { return skipPart(part) }
        for (i = 0, len = parsed.length; i < len; ++i) {
          if (RE_NAME.test(parsed[i][0])) {
            fieldname = parsed[i][1]
            if (hasBareLineBreak(fieldname)) { return skipPart(part) }
          } else if (RE_FILENAME.test(parsed[i][0])) {
            filename = parsed[i][1]
            if (hasBareLineBreak(filename)) { return skipPart(part) }
            if (!preservePath) { filename = basename(filename) }
          }
        }
      } else { return skipPart(part) }

      if (header['content-transfer-encoding']) { encoding = header['content-transfer-encoding'][0].toLowerCase() } else { encoding = '7bit' }

      let onData,
        onEnd

      if (isPartAFile(fieldname, contype, filename)) {
        // file/binary field
        if (nfiles === filesLimit) {
          if (!boy.hitFilesLimit) {
            boy.hitFilesLimit = true
            boy.emit('filesLimit')
          }
          return skipPart(part)
        }

        ++nfiles

        if (boy.listenerCount('file') === 0) {
          self.parser._ignore()
          return
        }

        ++nends
        const file = new FileStream(fileOpts)
        curFile = file
        file.on('end', function () {
          --nends
          self._pause = false
          checkFinished()
          if (self._cb && !self._needDrain) {
            const cb = self._cb
            self._cb = undefined
            cb()
          }
        })
        file._read = function (n) {
          if (!self._pause) { return }
          self._pause = false
          if (self._cb && !self._needDrain) {
            const cb = self._cb
            self._cb = undefined
            cb()
          }
        }
        boy.emit('file', fieldname, file, filename, encoding, contype)

        onData = function (data) {
          if ((nsize += data.length) > fileSizeLimit) {
            const extralen = fileSizeLimit - nsize + data.length
            if (extralen > 0) { file.push(data.slice(0, extralen)) }
            file.truncated = true
            file.bytesRead = fileSizeLimit
            part.removeAllListeners('data')
            file.emit('limit')
            return
          } else if (!file.push(data)) { self._pause = true }

          file.bytesRead = nsize
        }

        onEnd = function () {
          curFile = undefined
          file.push(null)
        }
      } else {
        // non-file field
        if (nfields === fieldsLimit) {
          if (!boy.hitFieldsLimit) {
            boy.hitFieldsLimit = true
            boy.emit('fieldsLimit')
          }
          return skipPart(part)
        }

        ++nfields
        ++nends
        let buffer = ''
        let truncated = false
        curField = part

        onData = function (data) {
          if ((nsize += data.length) > fieldSizeLimit) {
            const extralen = (fieldSizeLimit - (nsize - data.length))
            buffer += data.toString('binary', 0, extralen)
            truncated = true
            part.removeAllListeners('data')
          } else { buffer += data.toString('binary') }
        }

        onEnd = function () {
          curField = undefined
          if (buffer.length) { buffer = decodeText(buffer, 'binary', charset) }
          boy.emit('field', fieldname, buffer, false, truncated, encoding, contype)
          --nends
          checkFinished()
        }
      }

      /* As of node@2efe4ab761666 (v0.10.29+/v0.11.14+), busboy had become
         broken. Streams2/streams3 is a huge black box of confusion, but
         somehow overriding the sync state seems to fix things again (and still
         seems to work for previous node versions).
      */
      part._readableState.sync = false

      part.on('data', onData)
      part.on('end', onEnd)
    }).on('error', function (err) {
      if (curFile) { curFile.emit('error', err) }
    })
  }).on('error', function (err) {
    boy.emit('error', err)
  }).on('finish', function () {
    finished = true
    checkFinished()
  })
}

Multipart.prototype.write = function (chunk, cb) {
  // After the closing delimiter Dicer is no longer writable. A later
  // chunk can still carry an RFC 2046 epilogue; ignore it so the write
  // callback still runs instead of hanging on a destroyed parser.
  if (!this.parser.writable) {
    cb()
    return
  }

  const r = this.parser.write(chunk)
  if (r && !this._pause) {
    cb()
  } else {
    this._needDrain = !r
    this._cb = cb
  }
}

Multipart.prototype.end = function () {
  const self = this

  if (self.parser.writable) {
    self.parser.end()
  } else if (!self._boy._done) {
    process.nextTick(function () {
      self._boy._done = true
      self._boy.emit('finish')
    })
  }
}

function skipPart (part) {
  // A skipped part has no consumer. If the request body ends in the middle of
  // the part, Dicer emits a "terminated early" error on it. Without a listener
  // Node throws an unhandled 'error' event and exits the process.
  part.on('error', () => {})
  part.resume()
}

function hasBareLineBreak (value) {
  return typeof value === 'string' && (value.includes('\r') || value.includes('\n'))
}

function FileStream (opts) {
  Readable.call(this, opts)

  this.bytesRead = 0

  this.truncated = false
}

inherits(FileStream, Readable)

FileStream.prototype._read = function (n) {}

module.exports = Multipart


/***/ }),

/***/ 1411:
/***/ ((module, __unused_webpack_exports, __nccwpck_require__) => {



const Decoder = __nccwpck_require__(4364)
const decodeText = __nccwpck_require__(6607)
const getLimit = __nccwpck_require__(5245)

const RE_CHARSET = /^charset$/i

UrlEncoded.detect = /^application\/x-www-form-urlencoded/i
function UrlEncoded (boy, cfg) {
  const limits = cfg.limits
  const parsedConType = cfg.parsedConType
  this.boy = boy

  this.fieldSizeLimit = getLimit(limits, 'fieldSize', 1 * 1024 * 1024)
  this.fieldNameSizeLimit = getLimit(limits, 'fieldNameSize', 100)
  this.fieldsLimit = getLimit(limits, 'fields', Infinity)

  let charset
  for (var i = 0, len = parsedConType.length; i < len; ++i) { // eslint-disable-line no-var
    if (Array.isArray(parsedConType[i]) &&
        RE_CHARSET.test(parsedConType[i][0])) {
      charset = parsedConType[i][1].toLowerCase()
      break
    }
  }

  if (charset === undefined) { charset = cfg.defCharset || 'utf8' }

  this.decoder = new Decoder()
  this.charset = charset
  this._fields = 0
  this._state = 'key'
  this._checkingBytes = true
  this._bytesKey = 0
  this._bytesVal = 0
  this._key = ''
  this._val = ''
  this._keyTrunc = false
  this._valTrunc = false
  this._hitLimit = false
}

UrlEncoded.prototype.write = function (data, cb) {
  if (this._fields === this.fieldsLimit) {
    if (!this.boy.hitFieldsLimit) {
      this.boy.hitFieldsLimit = true
      this.boy.emit('fieldsLimit')
    }
    return cb()
  }

  let idxeq; let idxamp; let i; let p = 0; const len = data.length

  while (p < len) {
    if (this._state === 'key') {
      idxeq = idxamp = undefined
      for (i = p; i < len; ++i) {
        if (!this._checkingBytes) { ++p }
        if (data[i] === 0x3D/* = */) {
          idxeq = i
          break
        } else if (data[i] === 0x26/* & */) {
          idxamp = i
          break
        }
        if (this._checkingBytes && this._bytesKey === this.fieldNameSizeLimit) {
          this._hitLimit = true
          break
        } else if (this._checkingBytes) { ++this._bytesKey }
      }

      if (idxeq !== undefined) {
        // key with assignment
        if (idxeq > p) { this._key += this.decoder.write(data.toString('binary', p, idxeq)) }
        this._endKey()
        this._state = 'val'

        this._hitLimit = false
        this._checkingBytes = true
        this._val = ''
        this._bytesVal = 0
        this._valTrunc = false
        this.decoder.reset()

        p = idxeq + 1
      } else if (idxamp !== undefined) {
        // key with no assignment
        ++this._fields
        if (idxamp > p) { this._key += this.decoder.write(data.toString('binary', p, idxamp)) }
        this._endKey()
        const key = this._key; const keyTrunc = this._keyTrunc

        this._hitLimit = false
        this._checkingBytes = true
        this._key = ''
        this._bytesKey = 0
        this._keyTrunc = false
        this.decoder.reset()

        if (key.length) {
          this.boy.emit('field', decodeText(key, 'binary', this.charset),
            '',
            keyTrunc,
            false)
        }

        p = idxamp + 1
        if (this._fields === this.fieldsLimit) { return cb() }
      } else if (this._hitLimit) {
        // we may not have hit the actual limit if there are encoded bytes...
        if (i > p) { this._key += this.decoder.write(data.toString('binary', p, i)) }
        p = i
        // A malformed percent escape is emitted verbatim once the decoder sees
        // it is invalid, so the decoded length can jump past the limit.
        if ((this._bytesKey = this._key.length) >= this.fieldNameSizeLimit) {
          // yep, we actually did hit the limit
          this._key = this._key.substring(0, this.fieldNameSizeLimit)
          this._checkingBytes = false
          this._keyTrunc = true
        }
      } else {
        if (p < len) { this._key += this.decoder.write(data.toString('binary', p)) }
        p = len
      }
    } else {
      idxamp = undefined
      for (i = p; i < len; ++i) {
        if (!this._checkingBytes) { ++p }
        if (data[i] === 0x26/* & */) {
          idxamp = i
          break
        }
        if (this._checkingBytes && this._bytesVal === this.fieldSizeLimit) {
          this._hitLimit = true
          break
        } else if (this._checkingBytes) { ++this._bytesVal }
      }

      if (idxamp !== undefined) {
        ++this._fields
        if (idxamp > p) { this._val += this.decoder.write(data.toString('binary', p, idxamp)) }
        this._endVal()
        this.boy.emit('field', decodeText(this._key, 'binary', this.charset),
          decodeText(this._val, 'binary', this.charset),
          this._keyTrunc,
          this._valTrunc)
        this._state = 'key'

        this._hitLimit = false
        this._checkingBytes = true
        this._key = ''
        this._bytesKey = 0
        this._keyTrunc = false
        this.decoder.reset()

        p = idxamp + 1
        if (this._fields === this.fieldsLimit) { return cb() }
      } else if (this._hitLimit) {
        // we may not have hit the actual limit if there are encoded bytes...
        if (i > p) { this._val += this.decoder.write(data.toString('binary', p, i)) }
        p = i
        // A malformed percent escape is emitted verbatim once the decoder sees
        // it is invalid, so the decoded length can jump past the limit.
        if ((this._bytesVal = this._val.length) >= this.fieldSizeLimit) {
          // yep, we actually did hit the limit
          this._val = this._val.substring(0, this.fieldSizeLimit)
          this._checkingBytes = false
          this._valTrunc = true
        }
      } else {
        if (p < len) { this._val += this.decoder.write(data.toString('binary', p)) }
        p = len
      }
    }
  }
  cb()
}

UrlEncoded.prototype.end = function () {
  if (this.boy._done) { return }

  if (this._state === 'key') {
    this._endKey()
    if (this._key.length > 0) {
      this.boy.emit('field', decodeText(this._key, 'binary', this.charset),
        '',
        this._keyTrunc,
        false)
    }
  } else {
    this._endVal()
    this.boy.emit('field', decodeText(this._key, 'binary', this.charset),
      decodeText(this._val, 'binary', this.charset),
      this._keyTrunc,
      this._valTrunc)
  }
  this.boy._done = true
  this.boy.emit('finish')
}

UrlEncoded.prototype._endKey = function () {
  this._key += this.decoder.end()
  if (this._key.length > this.fieldNameSizeLimit) {
    this._key = this._key.substring(0, this.fieldNameSizeLimit)
    this._keyTrunc = true
  }
}

UrlEncoded.prototype._endVal = function () {
  this._val += this.decoder.end()
  if (this._val.length > this.fieldSizeLimit) {
    this._val = this._val.substring(0, this.fieldSizeLimit)
    this._valTrunc = true
  }
}

module.exports = UrlEncoded


/***/ }),

/***/ 4364:
/***/ ((module) => {



const RE_PLUS = /\+/g

const HEX = [
  0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
  0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
  0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
  1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0,
  0, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0,
  0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
  0, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0,
  0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0
]

function Decoder () {
  this.buffer = undefined
}
Decoder.prototype.write = function (str) {
  // Replace '+' with ' ' before decoding
  str = str.replace(RE_PLUS, ' ')
  let res = ''
  let i = 0; let p = 0; const len = str.length
  for (; i < len; ++i) {
    if (this.buffer !== undefined) {
      if (!HEX[str.charCodeAt(i)]) {
        res += '%' + this.buffer
        this.buffer = undefined
        --i // retry character
      } else {
        this.buffer += str[i]
        ++p
        if (this.buffer.length === 2) {
          res += String.fromCharCode(parseInt(this.buffer, 16))
          this.buffer = undefined
        }
      }
    } else if (str[i] === '%') {
      if (i > p) {
        res += str.substring(p, i)
        p = i
      }
      this.buffer = ''
      ++p
    }
  }
  if (p < len && this.buffer === undefined) { res += str.substring(p) }
  return res
}
Decoder.prototype.end = function () {
  // An incomplete escape at the end of the input is kept literally
  const res = this.buffer === undefined ? '' : '%' + this.buffer
  this.buffer = undefined
  return res
}
Decoder.prototype.reset = function () {
  this.buffer = undefined
}

module.exports = Decoder


/***/ }),

/***/ 5080:
/***/ ((module) => {



module.exports = function basename (path) {
  if (typeof path !== 'string') { return '' }
  for (var i = path.length - 1; i >= 0; --i) { // eslint-disable-line no-var
    switch (path.charCodeAt(i)) {
      case 0x2F: // '/'
      case 0x5C: // '\'
        path = path.slice(i + 1)
        return (path === '..' || path === '.' ? '' : path)
    }
  }
  return (path === '..' || path === '.' ? '' : path)
}


/***/ }),

/***/ 6607:
/***/ (function(module) {



// Node has always utf-8
const utf8Decoder = new TextDecoder('utf-8')
const textDecoders = new Map([
  ['utf-8', utf8Decoder],
  ['utf8', utf8Decoder]
])

function getDecoder (charset) {
  let lc
  while (true) {
    switch (charset) {
      case 'utf-8':
      case 'utf8':
        return decoders.utf8
      case 'latin1':
      case 'ascii': // TODO: Make these a separate, strict decoder?
      case 'us-ascii':
      case 'iso-8859-1':
      case 'iso8859-1':
      case 'iso88591':
      case 'iso_8859-1':
      case 'windows-1252':
      case 'iso_8859-1:1987':
      case 'cp1252':
      case 'x-cp1252':
        return decoders.latin1
      case 'utf16le':
      case 'utf-16le':
      case 'ucs2':
      case 'ucs-2':
        return decoders.utf16le
      case 'base64':
        return decoders.base64
      default:
        if (lc === undefined) {
          lc = true
          charset = charset.toLowerCase()
          continue
        }
        return decoders.other.bind(charset)
    }
  }
}

function isAscii (data) {
  for (var i = 0, len = data.length; i < len; ++i) { // eslint-disable-line no-var
    if (data.charCodeAt(i) > 0x7F) { return false }
  }
  return true
}

const decoders = {
  utf8: (data, sourceEncoding) => {
    if (data.length === 0) {
      return ''
    }
    if (typeof data === 'string') {
      if (isAscii(data)) { return data }
      data = Buffer.from(data, sourceEncoding)
    }
    return data.utf8Slice(0, data.length)
  },

  latin1: (data, sourceEncoding) => {
    if (data.length === 0) {
      return ''
    }
    if (typeof data === 'string') {
      return data
    }
    return data.latin1Slice(0, data.length)
  },

  utf16le: (data, sourceEncoding) => {
    if (data.length === 0) {
      return ''
    }
    if (typeof data === 'string') {
      data = Buffer.from(data, sourceEncoding)
    }
    return data.ucs2Slice(0, data.length)
  },

  base64: (data, sourceEncoding) => {
    if (data.length === 0) {
      return ''
    }
    if (typeof data === 'string') {
      data = Buffer.from(data, sourceEncoding)
    }
    return data.base64Slice(0, data.length)
  },

  other: (data, sourceEncoding) => {
    if (data.length === 0) {
      return ''
    }
    if (typeof data === 'string') {
      data = Buffer.from(data, sourceEncoding)
    }

    if (textDecoders.has(this.toString())) {
      try {
        return textDecoders.get(this).decode(data)
      } catch {}
    }
    return typeof data === 'string'
      ? data
      : data.toString()
  }
}

function decodeText (text, sourceEncoding, destEncoding) {
  if (text) {
    return getDecoder(destEncoding)(text, sourceEncoding)
  }
  return text
}

module.exports = decodeText


/***/ }),

/***/ 5245:
/***/ ((module) => {



module.exports = function getLimit (limits, name, defaultLimit) {
  if (
    !limits ||
    limits[name] === undefined ||
    limits[name] === null
  ) { return defaultLimit }

  if (
    typeof limits[name] !== 'number' ||
    isNaN(limits[name])
  ) { throw new TypeError('Limit ' + name + ' is not a valid number') }

  return limits[name]
}


/***/ }),

/***/ 717:
/***/ ((module, __unused_webpack_exports, __nccwpck_require__) => {



const decodeText = __nccwpck_require__(6607)

const RE_ENCODED = /%[a-fA-F0-9][a-fA-F0-9]/g

const EncodedLookup = {
  '%00': '\x00',
  '%01': '\x01',
  '%02': '\x02',
  '%03': '\x03',
  '%04': '\x04',
  '%05': '\x05',
  '%06': '\x06',
  '%07': '\x07',
  '%08': '\x08',
  '%09': '\x09',
  '%0a': '\x0a',
  '%0A': '\x0a',
  '%0b': '\x0b',
  '%0B': '\x0b',
  '%0c': '\x0c',
  '%0C': '\x0c',
  '%0d': '\x0d',
  '%0D': '\x0d',
  '%0e': '\x0e',
  '%0E': '\x0e',
  '%0f': '\x0f',
  '%0F': '\x0f',
  '%10': '\x10',
  '%11': '\x11',
  '%12': '\x12',
  '%13': '\x13',
  '%14': '\x14',
  '%15': '\x15',
  '%16': '\x16',
  '%17': '\x17',
  '%18': '\x18',
  '%19': '\x19',
  '%1a': '\x1a',
  '%1A': '\x1a',
  '%1b': '\x1b',
  '%1B': '\x1b',
  '%1c': '\x1c',
  '%1C': '\x1c',
  '%1d': '\x1d',
  '%1D': '\x1d',
  '%1e': '\x1e',
  '%1E': '\x1e',
  '%1f': '\x1f',
  '%1F': '\x1f',
  '%20': '\x20',
  '%21': '\x21',
  '%22': '\x22',
  '%23': '\x23',
  '%24': '\x24',
  '%25': '\x25',
  '%26': '\x26',
  '%27': '\x27',
  '%28': '\x28',
  '%29': '\x29',
  '%2a': '\x2a',
  '%2A': '\x2a',
  '%2b': '\x2b',
  '%2B': '\x2b',
  '%2c': '\x2c',
  '%2C': '\x2c',
  '%2d': '\x2d',
  '%2D': '\x2d',
  '%2e': '\x2e',
  '%2E': '\x2e',
  '%2f': '\x2f',
  '%2F': '\x2f',
  '%30': '\x30',
  '%31': '\x31',
  '%32': '\x32',
  '%33': '\x33',
  '%34': '\x34',
  '%35': '\x35',
  '%36': '\x36',
  '%37': '\x37',
  '%38': '\x38',
  '%39': '\x39',
  '%3a': '\x3a',
  '%3A': '\x3a',
  '%3b': '\x3b',
  '%3B': '\x3b',
  '%3c': '\x3c',
  '%3C': '\x3c',
  '%3d': '\x3d',
  '%3D': '\x3d',
  '%3e': '\x3e',
  '%3E': '\x3e',
  '%3f': '\x3f',
  '%3F': '\x3f',
  '%40': '\x40',
  '%41': '\x41',
  '%42': '\x42',
  '%43': '\x43',
  '%44': '\x44',
  '%45': '\x45',
  '%46': '\x46',
  '%47': '\x47',
  '%48': '\x48',
  '%49': '\x49',
  '%4a': '\x4a',
  '%4A': '\x4a',
  '%4b': '\x4b',
  '%4B': '\x4b',
  '%4c': '\x4c',
  '%4C': '\x4c',
  '%4d': '\x4d',
  '%4D': '\x4d',
  '%4e': '\x4e',
  '%4E': '\x4e',
  '%4f': '\x4f',
  '%4F': '\x4f',
  '%50': '\x50',
  '%51': '\x51',
  '%52': '\x52',
  '%53': '\x53',
  '%54': '\x54',
  '%55': '\x55',
  '%56': '\x56',
  '%57': '\x57',
  '%58': '\x58',
  '%59': '\x59',
  '%5a': '\x5a',
  '%5A': '\x5a',
  '%5b': '\x5b',
  '%5B': '\x5b',
  '%5c': '\x5c',
  '%5C': '\x5c',
  '%5d': '\x5d',
  '%5D': '\x5d',
  '%5e': '\x5e',
  '%5E': '\x5e',
  '%5f': '\x5f',
  '%5F': '\x5f',
  '%60': '\x60',
  '%61': '\x61',
  '%62': '\x62',
  '%63': '\x63',
  '%64': '\x64',
  '%65': '\x65',
  '%66': '\x66',
  '%67': '\x67',
  '%68': '\x68',
  '%69': '\x69',
  '%6a': '\x6a',
  '%6A': '\x6a',
  '%6b': '\x6b',
  '%6B': '\x6b',
  '%6c': '\x6c',
  '%6C': '\x6c',
  '%6d': '\x6d',
  '%6D': '\x6d',
  '%6e': '\x6e',
  '%6E': '\x6e',
  '%6f': '\x6f',
  '%6F': '\x6f',
  '%70': '\x70',
  '%71': '\x71',
  '%72': '\x72',
  '%73': '\x73',
  '%74': '\x74',
  '%75': '\x75',
  '%76': '\x76',
  '%77': '\x77',
  '%78': '\x78',
  '%79': '\x79',
  '%7a': '\x7a',
  '%7A': '\x7a',
  '%7b': '\x7b',
  '%7B': '\x7b',
  '%7c': '\x7c',
  '%7C': '\x7c',
  '%7d': '\x7d',
  '%7D': '\x7d',
  '%7e': '\x7e',
  '%7E': '\x7e',
  '%7f': '\x7f',
  '%7F': '\x7f',
  '%80': '\x80',
  '%81': '\x81',
  '%82': '\x82',
  '%83': '\x83',
  '%84': '\x84',
  '%85': '\x85',
  '%86': '\x86',
  '%87': '\x87',
  '%88': '\x88',
  '%89': '\x89',
  '%8a': '\x8a',
  '%8A': '\x8a',
  '%8b': '\x8b',
  '%8B': '\x8b',
  '%8c': '\x8c',
  '%8C': '\x8c',
  '%8d': '\x8d',
  '%8D': '\x8d',
  '%8e': '\x8e',
  '%8E': '\x8e',
  '%8f': '\x8f',
  '%8F': '\x8f',
  '%90': '\x90',
  '%91': '\x91',
  '%92': '\x92',
  '%93': '\x93',
  '%94': '\x94',
  '%95': '\x95',
  '%96': '\x96',
  '%97': '\x97',
  '%98': '\x98',
  '%99': '\x99',
  '%9a': '\x9a',
  '%9A': '\x9a',
  '%9b': '\x9b',
  '%9B': '\x9b',
  '%9c': '\x9c',
  '%9C': '\x9c',
  '%9d': '\x9d',
  '%9D': '\x9d',
  '%9e': '\x9e',
  '%9E': '\x9e',
  '%9f': '\x9f',
  '%9F': '\x9f',
  '%a0': '\xa0',
  '%A0': '\xa0',
  '%a1': '\xa1',
  '%A1': '\xa1',
  '%a2': '\xa2',
  '%A2': '\xa2',
  '%a3': '\xa3',
  '%A3': '\xa3',
  '%a4': '\xa4',
  '%A4': '\xa4',
  '%a5': '\xa5',
  '%A5': '\xa5',
  '%a6': '\xa6',
  '%A6': '\xa6',
  '%a7': '\xa7',
  '%A7': '\xa7',
  '%a8': '\xa8',
  '%A8': '\xa8',
  '%a9': '\xa9',
  '%A9': '\xa9',
  '%aa': '\xaa',
  '%Aa': '\xaa',
  '%aA': '\xaa',
  '%AA': '\xaa',
  '%ab': '\xab',
  '%Ab': '\xab',
  '%aB': '\xab',
  '%AB': '\xab',
  '%ac': '\xac',
  '%Ac': '\xac',
  '%aC': '\xac',
  '%AC': '\xac',
  '%ad': '\xad',
  '%Ad': '\xad',
  '%aD': '\xad',
  '%AD': '\xad',
  '%ae': '\xae',
  '%Ae': '\xae',
  '%aE': '\xae',
  '%AE': '\xae',
  '%af': '\xaf',
  '%Af': '\xaf',
  '%aF': '\xaf',
  '%AF': '\xaf',
  '%b0': '\xb0',
  '%B0': '\xb0',
  '%b1': '\xb1',
  '%B1': '\xb1',
  '%b2': '\xb2',
  '%B2': '\xb2',
  '%b3': '\xb3',
  '%B3': '\xb3',
  '%b4': '\xb4',
  '%B4': '\xb4',
  '%b5': '\xb5',
  '%B5': '\xb5',
  '%b6': '\xb6',
  '%B6': '\xb6',
  '%b7': '\xb7',
  '%B7': '\xb7',
  '%b8': '\xb8',
  '%B8': '\xb8',
  '%b9': '\xb9',
  '%B9': '\xb9',
  '%ba': '\xba',
  '%Ba': '\xba',
  '%bA': '\xba',
  '%BA': '\xba',
  '%bb': '\xbb',
  '%Bb': '\xbb',
  '%bB': '\xbb',
  '%BB': '\xbb',
  '%bc': '\xbc',
  '%Bc': '\xbc',
  '%bC': '\xbc',
  '%BC': '\xbc',
  '%bd': '\xbd',
  '%Bd': '\xbd',
  '%bD': '\xbd',
  '%BD': '\xbd',
  '%be': '\xbe',
  '%Be': '\xbe',
  '%bE': '\xbe',
  '%BE': '\xbe',
  '%bf': '\xbf',
  '%Bf': '\xbf',
  '%bF': '\xbf',
  '%BF': '\xbf',
  '%c0': '\xc0',
  '%C0': '\xc0',
  '%c1': '\xc1',
  '%C1': '\xc1',
  '%c2': '\xc2',
  '%C2': '\xc2',
  '%c3': '\xc3',
  '%C3': '\xc3',
  '%c4': '\xc4',
  '%C4': '\xc4',
  '%c5': '\xc5',
  '%C5': '\xc5',
  '%c6': '\xc6',
  '%C6': '\xc6',
  '%c7': '\xc7',
  '%C7': '\xc7',
  '%c8': '\xc8',
  '%C8': '\xc8',
  '%c9': '\xc9',
  '%C9': '\xc9',
  '%ca': '\xca',
  '%Ca': '\xca',
  '%cA': '\xca',
  '%CA': '\xca',
  '%cb': '\xcb',
  '%Cb': '\xcb',
  '%cB': '\xcb',
  '%CB': '\xcb',
  '%cc': '\xcc',
  '%Cc': '\xcc',
  '%cC': '\xcc',
  '%CC': '\xcc',
  '%cd': '\xcd',
  '%Cd': '\xcd',
  '%cD': '\xcd',
  '%CD': '\xcd',
  '%ce': '\xce',
  '%Ce': '\xce',
  '%cE': '\xce',
  '%CE': '\xce',
  '%cf': '\xcf',
  '%Cf': '\xcf',
  '%cF': '\xcf',
  '%CF': '\xcf',
  '%d0': '\xd0',
  '%D0': '\xd0',
  '%d1': '\xd1',
  '%D1': '\xd1',
  '%d2': '\xd2',
  '%D2': '\xd2',
  '%d3': '\xd3',
  '%D3': '\xd3',
  '%d4': '\xd4',
  '%D4': '\xd4',
  '%d5': '\xd5',
  '%D5': '\xd5',
  '%d6': '\xd6',
  '%D6': '\xd6',
  '%d7': '\xd7',
  '%D7': '\xd7',
  '%d8': '\xd8',
  '%D8': '\xd8',
  '%d9': '\xd9',
  '%D9': '\xd9',
  '%da': '\xda',
  '%Da': '\xda',
  '%dA': '\xda',
  '%DA': '\xda',
  '%db': '\xdb',
  '%Db': '\xdb',
  '%dB': '\xdb',
  '%DB': '\xdb',
  '%dc': '\xdc',
  '%Dc': '\xdc',
  '%dC': '\xdc',
  '%DC': '\xdc',
  '%dd': '\xdd',
  '%Dd': '\xdd',
  '%dD': '\xdd',
  '%DD': '\xdd',
  '%de': '\xde',
  '%De': '\xde',
  '%dE': '\xde',
  '%DE': '\xde',
  '%df': '\xdf',
  '%Df': '\xdf',
  '%dF': '\xdf',
  '%DF': '\xdf',
  '%e0': '\xe0',
  '%E0': '\xe0',
  '%e1': '\xe1',
  '%E1': '\xe1',
  '%e2': '\xe2',
  '%E2': '\xe2',
  '%e3': '\xe3',
  '%E3': '\xe3',
  '%e4': '\xe4',
  '%E4': '\xe4',
  '%e5': '\xe5',
  '%E5': '\xe5',
  '%e6': '\xe6',
  '%E6': '\xe6',
  '%e7': '\xe7',
  '%E7': '\xe7',
  '%e8': '\xe8',
  '%E8': '\xe8',
  '%e9': '\xe9',
  '%E9': '\xe9',
  '%ea': '\xea',
  '%Ea': '\xea',
  '%eA': '\xea',
  '%EA': '\xea',
  '%eb': '\xeb',
  '%Eb': '\xeb',
  '%eB': '\xeb',
  '%EB': '\xeb',
  '%ec': '\xec',
  '%Ec': '\xec',
  '%eC': '\xec',
  '%EC': '\xec',
  '%ed': '\xed',
  '%Ed': '\xed',
  '%eD': '\xed',
  '%ED': '\xed',
  '%ee': '\xee',
  '%Ee': '\xee',
  '%eE': '\xee',
  '%EE': '\xee',
  '%ef': '\xef',
  '%Ef': '\xef',
  '%eF': '\xef',
  '%EF': '\xef',
  '%f0': '\xf0',
  '%F0': '\xf0',
  '%f1': '\xf1',
  '%F1': '\xf1',
  '%f2': '\xf2',
  '%F2': '\xf2',
  '%f3': '\xf3',
  '%F3': '\xf3',
  '%f4': '\xf4',
  '%F4': '\xf4',
  '%f5': '\xf5',
  '%F5': '\xf5',
  '%f6': '\xf6',
  '%F6': '\xf6',
  '%f7': '\xf7',
  '%F7': '\xf7',
  '%f8': '\xf8',
  '%F8': '\xf8',
  '%f9': '\xf9',
  '%F9': '\xf9',
  '%fa': '\xfa',
  '%Fa': '\xfa',
  '%fA': '\xfa',
  '%FA': '\xfa',
  '%fb': '\xfb',
  '%Fb': '\xfb',
  '%fB': '\xfb',
  '%FB': '\xfb',
  '%fc': '\xfc',
  '%Fc': '\xfc',
  '%fC': '\xfc',
  '%FC': '\xfc',
  '%fd': '\xfd',
  '%Fd': '\xfd',
  '%fD': '\xfd',
  '%FD': '\xfd',
  '%fe': '\xfe',
  '%Fe': '\xfe',
  '%fE': '\xfe',
  '%FE': '\xfe',
  '%ff': '\xff',
  '%Ff': '\xff',
  '%fF': '\xff',
  '%FF': '\xff'
}

function encodedReplacer (match) {
  return EncodedLookup[match]
}

function decodeUtf8Text (text) {
  for (var i = 0, len = text.length; i < len; ++i) { // eslint-disable-line no-var
    if (text.charCodeAt(i) > 0x7F) { return decodeText(text, 'binary', 'utf8') }
  }
  return text
}

const STATE_KEY = 0
const STATE_VALUE = 1
const STATE_CHARSET = 2
const STATE_LANG = 3

function parseFormDataDisposition (str) {
  if (!str.startsWith('form-data; name="')) { return }

  let valueStart = 17
  let valueEnd = str.indexOf('"', valueStart)
  if (valueEnd === -1 || str.indexOf('\\', valueStart) !== -1) { return }

  const res = ['form-data', ['name', decodeUtf8Text(str.slice(valueStart, valueEnd))]]
  let pos = valueEnd + 1

  while (pos < str.length && str[pos] !== ';') { ++pos }
  if (pos === str.length) { return res }

  ++pos
  while (str[pos] === ' ' || str[pos] === '\t') { ++pos }
  if (!str.startsWith('filename="', pos)) { return }

  valueStart = pos + 10
  valueEnd = str.indexOf('"', valueStart)
  if (valueEnd === -1 || str.indexOf('\\', valueStart) !== -1) { return }

  res.push(['filename', decodeUtf8Text(str.slice(valueStart, valueEnd))])
  return res
}

function parseParams (str) {
  if (str.indexOf(';') === -1) { return [decodeUtf8Text(str)] }

  const fastFormData = parseFormDataDisposition(str)
  if (fastFormData !== undefined) { return fastFormData }

  const res = []
  let state = STATE_KEY
  let charset = ''
  let inquote = false
  let escaping = false
  let p = 0
  let tmp = ''
  const len = str.length

  for (var i = 0; i < len; ++i) { // eslint-disable-line no-var
    const char = str[i]
    if (char === '\\' && inquote) {
      if (escaping) { escaping = false } else {
        escaping = true
        continue
      }
    } else if (char === '"') {
      if (!escaping) {
        if (inquote) {
          inquote = false
          state = STATE_KEY
          // Skip any remaining characters until we hit a semicolon or end of string
          // This ensures we don't include characters after the closing quote
          while (i + 1 < len && str[i + 1] !== ';') {
            ++i
          }
        } else { inquote = true }
        continue
      } else { escaping = false }
    } else {
      if (escaping && inquote) { tmp += '\\' }
      escaping = false
      if ((state === STATE_CHARSET || state === STATE_LANG) && char === "'") {
        if (state === STATE_CHARSET) {
          state = STATE_LANG
          charset = tmp.substring(1)
        } else { state = STATE_VALUE }
        tmp = ''
        continue
      } else if (state === STATE_KEY &&
        (char === '*' || char === '=') &&
        res.length) {
        state = char === '*'
          ? STATE_CHARSET
          : STATE_VALUE
        res[p] = [tmp, undefined]
        tmp = ''
        continue
      } else if (!inquote && char === ';') {
        state = STATE_KEY
        if (charset) {
          if (tmp.length) {
            tmp = decodeText(tmp.replace(RE_ENCODED, encodedReplacer),
              'binary',
              charset)
          }
          charset = ''
        } else if (tmp.length) {
          tmp = decodeUtf8Text(tmp)
        }
        if (res[p] === undefined) { res[p] = tmp } else { res[p][1] = tmp }
        tmp = ''
        ++p
        continue
      } else if (!inquote && (char === ' ' || char === '\t')) { continue }
    }
    tmp += char
  }
  if (charset && tmp.length) {
    tmp = decodeText(tmp.replace(RE_ENCODED, encodedReplacer),
      'binary',
      charset)
  } else if (tmp) {
    tmp = decodeUtf8Text(tmp)
  }

  if (res[p] === undefined) {
    if (tmp) { res[p] = tmp }
  } else { res[p][1] = tmp }

  return res
}

module.exports = parseParams


/***/ }),

/***/ 9509:
/***/ ((module, __unused_webpack_exports, __nccwpck_require__) => {



/*
  Char codes:
    '!': 33 - !
    '#': 35 - %23
    '$': 36 - %24
    '%': 37 - %25
    '&': 38 - %26
    ''': 39 - '
    '(': 40 - (
    ')': 41 - )
    '*': 42 - *
    '+': 43 - %2B
    ',': 44 - %2C
    '-': 45 - -
    '.': 46 - .
    '/': 47 - %2F
    ':': 58 - %3A
    ';': 59 - %3B
    '=': 61 - %3D
    '?': 63 - %3F
    '@': 64 - %40
    '_': 95 - _
    '~': 126 - ~
*/

const assert = __nccwpck_require__(4589)
const querystring = __nccwpck_require__(2130)
const isRegexSafe = __nccwpck_require__(8640)
const deepEqual = __nccwpck_require__(5546)
const { prettyPrintTree } = __nccwpck_require__(1231)
const { createStaticNode, NODE_TYPES } = __nccwpck_require__(6261)
const { compileTree } = __nccwpck_require__(1164)
const Constrainer = __nccwpck_require__(9623)
const httpMethods = __nccwpck_require__(4766)
const httpMethodStrategy = __nccwpck_require__(5681)
const { safeDecodeURI, safeDecodeURIComponent, safeDecodeURINativeScan, safeDecodeURICharScan, MIN_NATIVE_SCAN_LENGTH } = __nccwpck_require__(1898)

const OPTIONAL_PARAM_REGEXP = /(\/:[^/()]*?)\?(\/?)/
const ESCAPE_REGEXP = /[.*+?^${}()|[\]\\]/g
const REMOVE_DUPLICATE_SLASHES_REGEXP = /\/\/+/g

// URL.parse returns null instead of throwing on malformed input, which skips
// the error and stack trace allocation on an attacker controlled path. It is
// only available since Node.js 20.18.0, so fall back to URL.canParse.
const parseUrl = typeof URL.parse === 'function'
  ? URL.parse
  : (url) => URL.canParse(url) ? new URL(url) : null

if (!isRegexSafe(OPTIONAL_PARAM_REGEXP)) {
  throw new Error('the OPTIONAL_PARAM_REGEXP is not safe, update this module')
}

if (!isRegexSafe(ESCAPE_REGEXP)) {
  throw new Error('the ESCAPE_REGEXP is not safe, update this module')
}

if (!isRegexSafe(REMOVE_DUPLICATE_SLASHES_REGEXP)) {
  throw new Error('the REMOVE_DUPLICATE_SLASHES_REGEXP is not safe, update this module')
}

function Router (opts) {
  if (!(this instanceof Router)) {
    return new Router(opts)
  }
  opts = opts || {}
  this._opts = opts

  if (opts.defaultRoute) {
    assert(typeof opts.defaultRoute === 'function', 'The default route must be a function')
    this.defaultRoute = opts.defaultRoute
  } else {
    this.defaultRoute = null
  }

  if (opts.onBadUrl) {
    assert(typeof opts.onBadUrl === 'function', 'The bad url handler must be a function')
    this.onBadUrl = opts.onBadUrl
  } else {
    this.onBadUrl = null
  }

  if (opts.buildPrettyMeta) {
    assert(typeof opts.buildPrettyMeta === 'function', 'buildPrettyMeta must be a function')
    this.buildPrettyMeta = opts.buildPrettyMeta
  } else {
    this.buildPrettyMeta = defaultBuildPrettyMeta
  }

  if (opts.querystringParser) {
    assert(typeof opts.querystringParser === 'function', 'querystringParser must be a function')
    this.querystringParser = opts.querystringParser
  } else {
    this.querystringParser = (query) => query.length === 0 ? {} : querystring.parse(query)
  }

  this.caseSensitive = opts.caseSensitive === undefined ? true : opts.caseSensitive
  this.ignoreTrailingSlash = opts.ignoreTrailingSlash || false
  this.ignoreDuplicateSlashes = opts.ignoreDuplicateSlashes || false
  this.maxParamLength = opts.maxParamLength || 100
  this.onMaxParamLength = opts.onMaxParamLength || null
  this.allowUnsafeRegex = opts.allowUnsafeRegex || false
  this.constrainer = new Constrainer(opts.constraints)
  this.useSemicolonDelimiter = opts.useSemicolonDelimiter || false

  this.routes = []
  this._routesByMethodAndPattern = new Map()
  this.trees = Object.create(null)
  this._treeGET = null

  // Compiled lookup functions, one per method tree, see compile().
  this._compiledGET = null
  this._compiledTrees = Object.create(null)
}

function routesWithMethodAndPattern (router, method, pattern) {
  const byPattern = router._routesByMethodAndPattern.get(method)
  return byPattern === undefined ? undefined : byPattern.get(pattern)
}

Router.prototype.on = function on (method, path, opts, handler, store) {
  if (typeof opts === 'function') {
    if (handler !== undefined) {
      store = handler
    }
    handler = opts
    opts = {}
  }
  // path validation
  assert(typeof path === 'string', 'Path should be a string')
  assert(path.length > 0, 'The path could not be empty')
  assert(path[0] === '/' || path[0] === '*', 'The first character of a path should be `/` or `*`')
  // handler validation
  assert(typeof handler === 'function', 'Handler should be a function')

  // path ends with optional parameter
  const optionalParamMatch = path.match(OPTIONAL_PARAM_REGEXP)
  if (optionalParamMatch) {
    assert(path.length === optionalParamMatch.index + optionalParamMatch[0].length, 'Optional Parameter needs to be the last parameter of the path')

    const pathFull = path.replace(OPTIONAL_PARAM_REGEXP, '$1$2')
    const pathOptional = path.replace(OPTIONAL_PARAM_REGEXP, '$2') || '/'

    this.on(method, pathFull, opts, handler, store)
    this.on(method, pathOptional, opts, handler, store)
    return
  }

  const route = path

  if (this.ignoreDuplicateSlashes) {
    path = removeDuplicateSlashes(path)
  }

  if (this.ignoreTrailingSlash) {
    path = trimLastSlash(path)
  }

  const methods = Array.isArray(method) ? method : [method]
  for (const method of methods) {
    assert(typeof method === 'string', 'Method should be a string')
    assert(httpMethods.includes(method), `Method '${method}' is not an http method.`)
    this._on(method, path, opts, handler, store, route)
  }
}

Router.prototype._on = function _on (method, path, opts, handler, store) {
  let constraints = {}
  if (opts.constraints !== undefined) {
    assert(typeof opts.constraints === 'object' && opts.constraints !== null, 'Constraints should be an object')
    if (Object.keys(opts.constraints).length !== 0) {
      constraints = opts.constraints
    }
  }

  this.constrainer.validateConstraints(constraints)
  // Let the constrainer know if any constraints are being used now
  this.constrainer.noteUsage(constraints)

  // The tree is about to change: drop any compiled lookup functions
  this._compiledGET = null
  this._compiledTrees = Object.create(null)

  // Boot the tree for this method if it doesn't exist yet
  if (this.trees[method] === undefined) {
    this.trees[method] = createStaticNode('/')
  }

  let pattern = path
  if (pattern === '*' && this.trees[method].prefix.length !== 0) {
    const currentRoot = this.trees[method]
    this.trees[method] = createStaticNode('')
    this.trees[method].setStaticChild('/', currentRoot)
  }

  let currentNode = this.trees[method]
  if (method === 'GET') {
    this._treeGET = currentNode
  }
  let parentNodePathIndex = currentNode.prefix.length

  const params = []
  for (let i = 0; i <= pattern.length; i++) {
    if (pattern.charCodeAt(i) === 58 && pattern.charCodeAt(i + 1) === 58) {
      // It's a double colon
      i++
      continue
    }

    const isParametricNode = pattern.charCodeAt(i) === 58 && pattern.charCodeAt(i + 1) !== 58
    const isWildcardNode = pattern.charCodeAt(i) === 42

    if (isParametricNode || isWildcardNode || (i === pattern.length && i !== parentNodePathIndex)) {
      let staticNodePath = pattern.slice(parentNodePathIndex, i)
      if (!this.caseSensitive) {
        staticNodePath = staticNodePath.toLowerCase()
      }
      staticNodePath = staticNodePath.replaceAll('::', ':')
      staticNodePath = staticNodePath.replaceAll('%', '%25')
      // add the static part of the route to the tree
      currentNode = currentNode.createStaticChild(staticNodePath)
    }

    if (isParametricNode) {
      let isRegexNode = false
      let isParamSafe = true
      let backtrack = ''
      const regexps = []
      // Canonical form of this node, accumulated one parameter at a time so
      // static parts between parameters survive into the pattern.
      let nodePatternParts = ''
      // Every char of a segment matched by a regex node is either inside a
      // parameter capture group or part of a static part, so a segment longer
      // than nodeParamCount * maxParamLength + nodeStaticLength can never be a
      // valid match. It is used to bound the regex input on lookup.
      let nodeParamCount = 0
      let nodeStaticLength = 0

      let lastParamStartIndex = i + 1
      for (let j = lastParamStartIndex; ; j++) {
        const charCode = pattern.charCodeAt(j)

        const isRegexParam = charCode === 40
        const isStaticPart = charCode === 45 || charCode === 46
        const isEndOfNode = charCode === 47 || j === pattern.length

        if (isRegexParam || isStaticPart || isEndOfNode) {
          const paramName = pattern.slice(lastParamStartIndex, j)
          params.push(paramName)
          nodeParamCount++

          isRegexNode = isRegexNode || isRegexParam || isStaticPart

          if (isRegexParam) {
            const endOfRegexIndex = getClosingParenthensePosition(pattern, j)
            const regexString = pattern.slice(j, endOfRegexIndex + 1)

            if (!this.allowUnsafeRegex) {
              assert(isRegexSafe(new RegExp(regexString)), `The regex '${regexString}' is not safe!`)
            }

            regexps.push(trimRegExpStartAndEnd(regexString))

            j = endOfRegexIndex + 1
            isParamSafe = true
          } else {
            regexps.push(isParamSafe ? '(.*?)' : `(${backtrack}|(?:(?!${backtrack}).)*)`)
            isParamSafe = false
          }

          const staticPartStartIndex = j
          for (; j < pattern.length; j++) {
            const charCode = pattern.charCodeAt(j)
            if (charCode === 47) break
            if (charCode === 58) {
              const nextCharCode = pattern.charCodeAt(j + 1)
              if (nextCharCode === 58) j++
              else break
            }
          }

          let staticPart = pattern.slice(staticPartStartIndex, j)
          if (staticPart) {
            staticPart = staticPart.replaceAll('::', ':')
            staticPart = staticPart.replaceAll('%', '%25')
            regexps.push(backtrack = escapeRegExp(staticPart))
            nodeStaticLength += staticPart.length
          }

          lastParamStartIndex = j + 1
          nodePatternParts += '()' + staticPart

          if (isEndOfNode || pattern.charCodeAt(j) === 47 || j === pattern.length) {
            const nodePattern = isRegexNode ? nodePatternParts : staticPart
            const nodePath = pattern.slice(i, j)

            pattern = pattern.slice(0, i + 1) + nodePattern + pattern.slice(j)
            i += nodePattern.length

            const regex = isRegexNode ? new RegExp('^' + regexps.join('') + '$') : null
            currentNode = currentNode.createParametricChild(regex, staticPart || null, nodePath, nodeParamCount, nodeStaticLength)
            parentNodePathIndex = i + 1
            break
          }
        }
      }
    } else if (isWildcardNode) {
      // add the wildcard parameter
      params.push('*')
      currentNode = currentNode.createWildcardChild()
      parentNodePathIndex = i + 1

      if (i !== pattern.length - 1) {
        throw new Error('Wildcard must be the last character in the route')
      }
    }
  }

  if (!this.caseSensitive) {
    pattern = pattern.toLowerCase()
  }

  if (pattern === '*') {
    pattern = '/*'
  }

  const sameRoutes = routesWithMethodAndPattern(this, method, pattern)
  if (sameRoutes !== undefined) {
    for (const existRoute of sameRoutes) {
      const routeConstraints = existRoute.opts.constraints || {}
      if (deepEqual(routeConstraints, constraints)) {
        throw new Error(`Method '${method}' already declared for route '${pattern}' with constraints '${JSON.stringify(constraints)}'`)
      }
    }
  }

  const route = { method, path, pattern, params, opts, handler, store }
  this.routes.push(route)
  if (sameRoutes !== undefined) {
    sameRoutes.push(route)
  } else {
    let byPattern = this._routesByMethodAndPattern.get(method)
    if (byPattern === undefined) {
      byPattern = new Map()
      this._routesByMethodAndPattern.set(method, byPattern)
    }
    byPattern.set(pattern, [route])
  }
  currentNode.addRoute(route, this.constrainer)
}

Router.prototype.hasRoute = function hasRoute (method, path, constraints) {
  const route = this.findRoute(method, path, constraints)
  return route !== null
}

Router.prototype.findRoute = function findNode (method, path, constraints = {}) {
  if (this.trees[method] === undefined) {
    return null
  }

  let pattern = path

  let currentNode = this.trees[method]
  let parentNodePathIndex = currentNode.prefix.length

  const params = []
  for (let i = 0; i <= pattern.length; i++) {
    if (pattern.charCodeAt(i) === 58 && pattern.charCodeAt(i + 1) === 58) {
      // It's a double colon
      i++
      continue
    }

    const isParametricNode = pattern.charCodeAt(i) === 58 && pattern.charCodeAt(i + 1) !== 58
    const isWildcardNode = pattern.charCodeAt(i) === 42

    if (isParametricNode || isWildcardNode || (i === pattern.length && i !== parentNodePathIndex)) {
      let staticNodePath = pattern.slice(parentNodePathIndex, i)
      if (!this.caseSensitive) {
        staticNodePath = staticNodePath.toLowerCase()
      }
      staticNodePath = staticNodePath.replaceAll('::', ':')
      staticNodePath = staticNodePath.replaceAll('%', '%25')
      // add the static part of the route to the tree
      currentNode = currentNode.getStaticChild(staticNodePath)
      if (currentNode === null) {
        return null
      }
    }

    if (isParametricNode) {
      let isRegexNode = false
      let isParamSafe = true
      let backtrack = ''
      const regexps = []
      // Canonical form of this node, accumulated one parameter at a time so
      // static parts between parameters survive into the pattern.
      let nodePatternParts = ''

      let lastParamStartIndex = i + 1
      for (let j = lastParamStartIndex; ; j++) {
        const charCode = pattern.charCodeAt(j)

        const isRegexParam = charCode === 40
        const isStaticPart = charCode === 45 || charCode === 46
        const isEndOfNode = charCode === 47 || j === pattern.length

        if (isRegexParam || isStaticPart || isEndOfNode) {
          const paramName = pattern.slice(lastParamStartIndex, j)
          params.push(paramName)

          isRegexNode = isRegexNode || isRegexParam || isStaticPart

          if (isRegexParam) {
            const endOfRegexIndex = getClosingParenthensePosition(pattern, j)
            const regexString = pattern.slice(j, endOfRegexIndex + 1)

            if (!this.allowUnsafeRegex) {
              assert(isRegexSafe(new RegExp(regexString)), `The regex '${regexString}' is not safe!`)
            }

            regexps.push(trimRegExpStartAndEnd(regexString))

            j = endOfRegexIndex + 1
            isParamSafe = true
          } else {
            regexps.push(isParamSafe ? '(.*?)' : `(${backtrack}|(?:(?!${backtrack}).)*)`)
            isParamSafe = false
          }

          const staticPartStartIndex = j
          for (; j < pattern.length; j++) {
            const charCode = pattern.charCodeAt(j)
            if (charCode === 47) break
            if (charCode === 58) {
              const nextCharCode = pattern.charCodeAt(j + 1)
              if (nextCharCode === 58) j++
              else break
            }
          }

          let staticPart = pattern.slice(staticPartStartIndex, j)
          if (staticPart) {
            staticPart = staticPart.replaceAll('::', ':')
            staticPart = staticPart.replaceAll('%', '%25')
            regexps.push(backtrack = escapeRegExp(staticPart))
          }

          lastParamStartIndex = j + 1
          nodePatternParts += '()' + staticPart

          if (isEndOfNode || pattern.charCodeAt(j) === 47 || j === pattern.length) {
            const nodePattern = isRegexNode ? nodePatternParts : staticPart
            const nodePath = pattern.slice(i, j)

            pattern = pattern.slice(0, i + 1) + nodePattern + pattern.slice(j)
            i += nodePattern.length

            const regex = isRegexNode ? new RegExp('^' + regexps.join('') + '$') : null
            currentNode = currentNode.getParametricChild(regex, staticPart || null, nodePath)
            if (currentNode === null) {
              return null
            }
            parentNodePathIndex = i + 1
            break
          }
        }
      }
    } else if (isWildcardNode) {
      // add the wildcard parameter
      params.push('*')
      currentNode = currentNode.getWildcardChild()

      parentNodePathIndex = i + 1

      if (i !== pattern.length - 1) {
        throw new Error('Wildcard must be the last character in the route')
      }
    }
  }

  if (!this.caseSensitive) {
    pattern = pattern.toLowerCase()
  }

  const sameRoutes = routesWithMethodAndPattern(this, method, pattern)
  if (sameRoutes === undefined) {
    return null
  }

  for (const existRoute of sameRoutes) {
    const routeConstraints = existRoute.opts.constraints || {}
    if (deepEqual(routeConstraints, constraints)) {
      return {
        handler: existRoute.handler,
        store: existRoute.store,
        params: existRoute.params
      }
    }
  }

  return null
}

Router.prototype.hasConstraintStrategy = function (strategyName) {
  return this.constrainer.hasConstraintStrategy(strategyName)
}

Router.prototype.addConstraintStrategy = function (constraints) {
  this.constrainer.addConstraintStrategy(constraints)
  this._rebuild(this.routes)
}

Router.prototype.reset = function reset () {
  this._compiledGET = null
  this._compiledTrees = Object.create(null)
  this.trees = Object.create(null)
  this._treeGET = null
  this.routes = []
  this._routesByMethodAndPattern = new Map()
}

Router.prototype.off = function off (method, path, constraints) {
  // path validation
  assert(typeof path === 'string', 'Path should be a string')
  assert(path.length > 0, 'The path could not be empty')
  assert(path[0] === '/' || path[0] === '*', 'The first character of a path should be `/` or `*`')
  // options validation
  assert(
    typeof constraints === 'undefined' ||
    (typeof constraints === 'object' && !Array.isArray(constraints) && constraints !== null),
    'Constraints should be an object or undefined.')

  // path ends with optional parameter
  const optionalParamMatch = path.match(OPTIONAL_PARAM_REGEXP)
  if (optionalParamMatch) {
    assert(path.length === optionalParamMatch.index + optionalParamMatch[0].length, 'Optional Parameter needs to be the last parameter of the path')

    const pathFull = path.replace(OPTIONAL_PARAM_REGEXP, '$1$2')
    const pathOptional = path.replace(OPTIONAL_PARAM_REGEXP, '$2') || '/'

    this.off(method, pathFull, constraints)
    this.off(method, pathOptional, constraints)
    return
  }

  if (this.ignoreDuplicateSlashes) {
    path = removeDuplicateSlashes(path)
  }

  if (this.ignoreTrailingSlash) {
    path = trimLastSlash(path)
  }

  const methods = Array.isArray(method) ? method : [method]
  for (const method of methods) {
    this._off(method, path, constraints)
  }
}

Router.prototype._off = function _off (method, path, constraints) {
  // method validation
  assert(typeof method === 'string', 'Method should be a string')
  assert(httpMethods.includes(method), `Method '${method}' is not an http method.`)

  function matcherWithoutConstraints (route) {
    return method !== route.method || path !== route.path
  }

  function matcherWithConstraints (route) {
    return matcherWithoutConstraints(route) || !deepEqual(constraints, route.opts.constraints || {})
  }

  const predicate = constraints ? matcherWithConstraints : matcherWithoutConstraints

  // Rebuild tree without the specific route
  const newRoutes = this.routes.filter(predicate)
  this._rebuild(newRoutes)
}

Router.prototype.lookup = function lookup (req, res, ctx, done) {
  if (typeof ctx === 'function') {
    done = ctx
    ctx = undefined
  }

  if (done === undefined) {
    const constraints = this.constrainer.deriveConstraints(req, ctx)
    const handle = this.find(req.method, req.url, constraints)
    return this.callHandler(handle, req, res, ctx)
  }

  this.constrainer.deriveConstraints(req, ctx, (err, constraints) => {
    if (err !== null) {
      done(err)
      return
    }

    try {
      const handle = this.find(req.method, req.url, constraints)
      const result = this.callHandler(handle, req, res, ctx)
      done(null, result)
    } catch (err) {
      done(err)
    }
  })
}

Router.prototype.callHandler = function callHandler (handle, req, res, ctx) {
  if (handle === null) return this._defaultRoute(req, res, ctx)
  return ctx === undefined
    ? handle.handler(req, res, handle.params, handle.store, handle.searchParams)
    : handle.handler.call(ctx, req, res, handle.params, handle.store, handle.searchParams)
}

Router.prototype.find = function find (method, path, derivedConstraints) {
  // GET is by far the most common method. Comparing two interned strings is
  // a pointer comparison, and _treeGET is a plain instance field whose load
  // compiles to a fixed-offset access, while this.trees is a 35-key
  // dictionary-mode object whose lookup always goes through a generic IC.
  let currentNode = method === 'GET' ? this._treeGET : this.trees[method]
  if (currentNode == null) return null

  if (path.charCodeAt(0) !== 47) { // 47 is '/'
    const absolutePath = getPathFromAbsoluteUrl(path)
    if (absolutePath === null) {
      return this._onBadUrl(path)
    }
    path = absolutePath
  }

  let sanitizedUrl
  let querystring
  let shouldDecodeParam

  try {
    // Dispatching between the two scan strategies here rather than inside
    // safeDecodeURI keeps the call depth low enough for V8 to inline the
    // char scan, which matters for short paths.
    sanitizedUrl = path.length >= MIN_NATIVE_SCAN_LENGTH
      ? safeDecodeURINativeScan(path, this.useSemicolonDelimiter)
      : safeDecodeURICharScan(path, this.useSemicolonDelimiter, 1)
    path = sanitizedUrl.path
    querystring = sanitizedUrl.querystring
    shouldDecodeParam = sanitizedUrl.shouldDecodeParam
  } catch (error) {
    return this._onBadUrl(path)
  }

  // Run after the querystring is split off so that it is left untouched
  if (this.ignoreDuplicateSlashes) {
    path = removeDuplicateSlashes(path)
  }

  if (this.ignoreTrailingSlash) {
    path = trimLastSlash(path)
  }

  const originPath = path

  if (this.caseSensitive === false) {
    path = path.toLowerCase()
  }

  const maxParamLength = this.maxParamLength

  let pathIndex = currentNode.prefix.length
  const pathLen = path.length

  // Matched parameter values, by position. Routes rarely have more than a
  // few parameters, so the first four are kept in locals and only further
  // ones spill into an array: the common case never allocates for them.
  // handle._createParamsObject expects the same layout.
  let paramsCount = 0
  let param0, param1, param2, param3
  let extraParams = null

  // Backtracking stack of sibling nodes still to try, as flat triples
  // (node, pathIndex, paramsCount) rather than one object per entry.
  const brothersNodesStack = []
  let maxParamLengthExceeded = false

  while (true) {
    if (pathIndex === pathLen && currentNode.isLeafNode) {
      const handle = currentNode.handlerStorage.getMatchingHandler(derivedConstraints)
      if (handle !== null) {
        return {
          handler: handle.handler,
          store: handle.store,
          params: handle._createParamsObject(param0, param1, param2, param3, extraParams),
          searchParams: this.querystringParser(querystring)
        }
      }
    }

    let node = currentNode.getNextNode(path, pathIndex, brothersNodesStack, paramsCount)

    if (node === null) {
      if (brothersNodesStack.length === 0) {
        if (maxParamLengthExceeded && this.onMaxParamLength) {
          return this._onMaxParamLength(originPath)
        }
        return null
      }

      const stackLength = brothersNodesStack.length
      paramsCount = brothersNodesStack[stackLength - 1]
      pathIndex = brothersNodesStack[stackLength - 2]
      node = brothersNodesStack[stackLength - 3]
      brothersNodesStack.length = stackLength - 3
    }

    currentNode = node

    while (true) {
      // static route
      if (currentNode.kind === NODE_TYPES.STATIC) {
        pathIndex += currentNode.prefix.length
        break
      }

      // parametric or wildcard node: both consume a slice of the path as a
      // parameter value, the wildcard simply takes everything that is left
      let paramEndIndex = pathLen
      if (currentNode.kind === NODE_TYPES.PARAMETRIC) {
        paramEndIndex = originPath.indexOf('/', pathIndex)
        if (paramEndIndex === -1) {
          paramEndIndex = pathLen
        }
      }

      let param = originPath.slice(pathIndex, paramEndIndex)
      if (shouldDecodeParam) {
        param = safeDecodeURIComponent(param)
      }

      let matched = true
      let regexMatches = null
      if (currentNode.isRegex) {
        // Bound the regex input before running it: a non-matching regex never
        // reaches the capture group length check below, so an over-long
        // segment would otherwise be fed to a possibly backtracking regex.
        if (param.length > currentNode.regexParamCount * maxParamLength + currentNode.regexStaticLength) {
          maxParamLengthExceeded = true
          matched = false
        } else if ((regexMatches = currentNode.regex.exec(param)) === null) {
          matched = false
        } else {
          for (let i = 1; i < regexMatches.length; i++) {
            const matchedParam = regexMatches[i] ?? ''
            if (matchedParam.length > maxParamLength) {
              maxParamLengthExceeded = true
              matched = false
              break
            }
          }
        }
      } else if (currentNode.kind === NODE_TYPES.PARAMETRIC && param.length > maxParamLength) {
        maxParamLengthExceeded = true
        matched = false
      }

      if (matched) {
        if (regexMatches === null) {
          if (paramsCount === 0) param0 = param
          else if (paramsCount === 1) param1 = param
          else if (paramsCount === 2) param2 = param
          else if (paramsCount === 3) param3 = param
          else {
            if (extraParams === null) extraParams = []
            extraParams[paramsCount - 4] = param
          }
          paramsCount++
        } else {
          for (let i = 1; i < regexMatches.length; i++) {
            const value = regexMatches[i] ?? ''
            if (paramsCount === 0) param0 = value
            else if (paramsCount === 1) param1 = value
            else if (paramsCount === 2) param2 = value
            else if (paramsCount === 3) param3 = value
            else {
              if (extraParams === null) extraParams = []
              extraParams[paramsCount - 4] = value
            }
            paramsCount++
          }
        }

        pathIndex = paramEndIndex
        break
      }

      // This parametric node did not match: try the next sibling.
      if (brothersNodesStack.length === 0) {
        if (maxParamLengthExceeded && this.onMaxParamLength) {
          return this._onMaxParamLength(originPath)
        }
        return null
      }

      const stackLength = brothersNodesStack.length
      paramsCount = brothersNodesStack[stackLength - 1]
      pathIndex = brothersNodesStack[stackLength - 2]
      currentNode = brothersNodesStack[stackLength - 3]
      brothersNodesStack.length = stackLength - 3
    }
  }
}

// Compiles every method tree into generated JavaScript and makes find()
// dispatch to the compiled functions instead of walking the trees. Routes
// can still be added or removed afterwards: the trees that changed are
// compiled again on their next lookup.
Router.prototype.compile = function compile () {
  this.find = Router.prototype._findCompiled
  this.lookup = Router.prototype._lookupCompiled
  for (const method in this.trees) {
    this._compileTree(method)
  }
  return this
}

Router.prototype._compileTree = function _compileTree (method) {
  const tree = this.trees[method]
  if (tree === undefined) return null
  const compiled = compileTree(this, tree)
  if (method === 'GET') {
    this._compiledGET = compiled
  } else {
    this._compiledTrees[method] = compiled
  }
  return compiled
}

// find() in compiler mode: dispatches to the function compiled for the
// method's tree, compiling it first if the tree changed since the last call.
Router.prototype._findCompiled = function _findCompiled (method, path, derivedConstraints) {
  let compiled = method === 'GET' ? this._compiledGET : this._compiledTrees[method]
  if (compiled == null) {
    compiled = this._compileTree(method)
    if (compiled === null) return null
  }
  return compiled.find(path, derivedConstraints)
}

// lookup() in compiler mode: the compiled lookup calls the route handler
// straight from the matched leaf instead of building a find() result first.
// The callback form derives constraints asynchronously and keeps using find().
Router.prototype._lookupCompiled = function _lookupCompiled (req, res, ctx, done) {
  if (typeof ctx === 'function' || done !== undefined) {
    return Router.prototype.lookup.call(this, req, res, ctx, done)
  }

  const derivedConstraints = this.constrainer.deriveConstraints(req, ctx)
  const method = req.method
  let compiled = method === 'GET' ? this._compiledGET : this._compiledTrees[method]
  if (compiled == null) {
    compiled = this._compileTree(method)
    if (compiled === null) return this._defaultRoute(req, res, ctx)
  }
  return compiled.lookup(req.url, derivedConstraints, req, res, ctx)
}

// The URL handling of find(), followed by a call to the compiled matcher
// for the sanitized path in place of the tree walk.
Router.prototype._findSanitized = function _findSanitized (matcher, path, derivedConstraints) {
  if (path.charCodeAt(0) !== 47) { // 47 is '/'
    const absolutePath = getPathFromAbsoluteUrl(path)
    if (absolutePath === null) {
      return this._onBadUrl(path)
    }
    path = absolutePath
  }

  let sanitizedUrl
  let querystring
  let shouldDecodeParam

  try {
    sanitizedUrl = path.length >= MIN_NATIVE_SCAN_LENGTH
      ? safeDecodeURINativeScan(path, this.useSemicolonDelimiter)
      : safeDecodeURICharScan(path, this.useSemicolonDelimiter, 1)
    path = sanitizedUrl.path
    querystring = sanitizedUrl.querystring
    shouldDecodeParam = sanitizedUrl.shouldDecodeParam
  } catch (error) {
    return this._onBadUrl(path)
  }

  // Run after the querystring is split off so that it is left untouched
  if (this.ignoreDuplicateSlashes) {
    path = removeDuplicateSlashes(path)
  }

  if (this.ignoreTrailingSlash) {
    path = trimLastSlash(path)
  }

  const originPath = path

  if (this.caseSensitive === false) {
    path = path.toLowerCase()
  }

  return matcher(path, originPath, shouldDecodeParam, derivedConstraints, querystring)
}

Router.prototype._rebuild = function (routes) {
  this.reset()

  for (const route of routes) {
    const { method, path, opts, handler, store } = route
    this._on(method, path, opts, handler, store)
  }
}

Router.prototype._defaultRoute = function (req, res, ctx) {
  if (this.defaultRoute !== null) {
    return ctx === undefined
      ? this.defaultRoute(req, res)
      : this.defaultRoute.call(ctx, req, res)
  } else {
    res.statusCode = 404
    res.end()
  }
}

Router.prototype._onBadUrl = function (path) {
  if (this.onBadUrl === null) {
    return null
  }
  const onBadUrl = this.onBadUrl
  return {
    handler: (req, res, ctx) => onBadUrl(path, req, res),
    params: {},
    store: null
  }
}

Router.prototype._onMaxParamLength = function (path) {
  if (this.onMaxParamLength === null) {
    return null
  }
  const onMaxParamLength = this.onMaxParamLength
  return {
    handler: (req, res, ctx) => onMaxParamLength(path, req, res),
    params: {},
    store: null
  }
}

Router.prototype.prettyPrint = function (options = {}) {
  const method = options.method

  options.buildPrettyMeta = this.buildPrettyMeta.bind(this)

  let tree = null
  if (method === undefined) {
    const { version, host, ...constraints } = this.constrainer.strategies
    constraints[httpMethodStrategy.name] = httpMethodStrategy

    const mergedRouter = new Router({ ...this._opts, constraints })
    const mergedRoutes = this.routes.map(route => {
      const constraints = {
        ...route.opts.constraints,
        [httpMethodStrategy.name]: route.method
      }
      return { ...route, method: 'MERGED', opts: { constraints } }
    })
    mergedRouter._rebuild(mergedRoutes)
    tree = mergedRouter.trees.MERGED
  } else {
    tree = this.trees[method]
  }

  if (tree == null) return '(empty tree)'
  return prettyPrintTree(tree, options)
}

for (const i in httpMethods) {
  /* eslint no-prototype-builtins: "off" */
  if (!httpMethods.hasOwnProperty(i)) continue
  const m = httpMethods[i]
  const methodName = m.toLowerCase()

  Router.prototype[methodName] = function (path, handler, store) {
    return this.on(m, path, handler, store)
  }
}

Router.prototype.all = function (path, handler, store) {
  this.on(httpMethods, path, handler, store)
}

Router.sanitizeUrlPath = function sanitizeUrlPath (url, useSemicolonDelimiter) {
  const decoded = safeDecodeURI(url, useSemicolonDelimiter)
  if (decoded.shouldDecodeParam) {
    return safeDecodeURIComponent(decoded.path)
  }
  return decoded.path
}

Router.removeDuplicateSlashes = removeDuplicateSlashes
Router.trimLastSlash = trimLastSlash

module.exports = Router

function escapeRegExp (string) {
  return string.replace(ESCAPE_REGEXP, '\\$&')
}

function getPathFromAbsoluteUrl (url) {
  const schemeEnd = url.indexOf('://')
  if (schemeEnd === -1) {
    return url
  }

  const scheme = url.slice(0, schemeEnd).toLowerCase()
  if (scheme !== 'http' && scheme !== 'https') {
    return url
  }

  const authorityStart = schemeEnd + 3
  let authorityEnd = url.length

  const pathStart = url.indexOf('/', authorityStart)
  if (pathStart !== -1) {
    authorityEnd = pathStart
  }

  const queryStart = url.indexOf('?', authorityStart)
  if (queryStart !== -1 && queryStart < authorityEnd) {
    authorityEnd = queryStart
  }

  // Fragments are not valid in an HTTP request target. In particular, do not
  // allow a slash after one to be interpreted as the start of the path.
  if (url.indexOf('#', authorityStart) !== -1 || authorityEnd === authorityStart) {
    return null
  }

  const parsed = parseUrl(url)
  if (parsed === null || parsed.protocol !== `${scheme}:` || parsed.host.length === 0) {
    return null
  }

  if (authorityEnd === url.length) {
    return '/'
  }
  if (authorityEnd === queryStart) {
    return '/' + url.slice(queryStart)
  }
  return url.slice(pathStart)
}

function removeDuplicateSlashes (path) {
  return path.indexOf('//') !== -1 ? path.replace(REMOVE_DUPLICATE_SLASHES_REGEXP, '/') : path
}

function trimLastSlash (path) {
  if (path.length > 1 && path.charCodeAt(path.length - 1) === 47) {
    return path.slice(0, -1)
  }
  return path
}

function trimRegExpStartAndEnd (regexString) {
  // removes chars that marks start "^" and end "$" of regexp
  if (regexString.charCodeAt(1) === 94) {
    regexString = regexString.slice(0, 1) + regexString.slice(2)
  }

  if (regexString.charCodeAt(regexString.length - 2) === 36) {
    regexString = regexString.slice(0, regexString.length - 2) + regexString.slice(regexString.length - 1)
  }

  return regexString
}

function getClosingParenthensePosition (path, idx) {
  // `path.indexOf()` will always return the first position of the closing parenthese,
  // but it's inefficient for grouped or wrong regexp expressions.
  // see issues #62 and #63 for more info

  let parentheses = 1

  while (idx < path.length) {
    idx++

    // ignore skipped chars "\"
    if (path.charCodeAt(idx) === 92) {
      idx++
      continue
    }

    if (path.charCodeAt(idx) === 41) {
      parentheses--
    } else if (path.charCodeAt(idx) === 40) {
      parentheses++
    }

    if (!parentheses) return idx
  }

  throw new TypeError('Invalid regexp expression in "' + path + '"')
}

function defaultBuildPrettyMeta (route) {
  // buildPrettyMeta function must return an object, which will be parsed into key/value pairs for display
  if (!route) return {}
  if (!route.store) return {}
  return Object.assign({}, route.store)
}


/***/ }),

/***/ 1164:
/***/ ((module, __unused_webpack_exports, __nccwpck_require__) => {



const { NODE_TYPES } = __nccwpck_require__(6261)
const { NullObject } = __nccwpck_require__(166)
const { safeDecodeURIComponent } = __nccwpck_require__(1898)

// Prefixes at least this long are matched with a native String#indexOf, which
// runs in roughly constant time, instead of a chain of charCodeAt comparisons
// whose cost grows with every char.
const LONG_PREFIX_MIN_LENGTH = 16

// The raw matcher scans path segments with a char loop up to this many chars
// before switching to a native regex search, whose fixed cost only pays off
// on longer segments.
const SCAN_LOOP_MAX_LENGTH = 12

// A subtree whose generated code exceeds SPLIT_LINES lines, or that would
// grow the function it is emitted into past FUNCTION_LINES lines, is emitted
// as a function of its own. V8 only optimizes functions up to a certain
// bytecode size, and a large route table compiled into a single function
// would stay in the interpreter forever.
const SPLIT_LINES = 250
const FUNCTION_LINES = 400

// Returned by a subtree function instead of null when the caller has to do
// something besides trying the next alternative: retry through the
// sanitized matcher in raw mode, or record that a parameter exceeded
// maxParamLength in sanitized mode.
const FLAG = Symbol('find-my-way.compiled.flag')

// Returned by a subtree function when nothing matched. A route handler called
// from a compiled lookup may itself return null, so null cannot mean that.
const NO_MATCH = Symbol('find-my-way.compiled.no-match')

// Stand for the path position and for the "retry through the sanitized
// matcher" statement in the code of a subtree until it is known whether that
// code is emitted inline or as a function of its own. They are framed by a
// control char, which can never appear literally in the generated code: the
// only user-provided text in it (route prefixes) goes through
// JSON.stringify, which escapes control chars.
const POSITION_PLACEHOLDER = '\u0001POS\u0001'
const RETRY_PLACEHOLDER = '\u0001RETRY\u0001'
const POSITION_PATTERN = new RegExp(`${POSITION_PLACEHOLDER}(?: \\+ (\\d+))?`, 'g')
const SUM_PATTERN = /^(\S+) \+ (\d+)$/

// Replaces the position placeholder in a line of generated code, folding
// the constant offsets so `e0 + 1 + 1` is emitted as `e0 + 2`.
function substitutePosition (line, position) {
  return line.replace(POSITION_PATTERN, (match, offset) => {
    if (offset === undefined) return position
    const sum = SUM_PATTERN.exec(position)
    if (sum !== null) return `${sum[1]} + ${Number(sum[2]) + Number(offset)}`
    if (/^\d+$/.test(position)) return String(Number(position) + Number(offset))
    return `${position} + ${offset}`
  })
}

// Compiles a method tree into JavaScript functions.
//
// The interpreter in Router#find walks the radix tree node by node: every
// step loads the node, dispatches on its kind, calls into the node to pick
// the next child and pushes the skipped siblings on a backtracking stack.
// The compiler visits the tree once at build time and emits straight-line
// code instead: static prefixes become charCodeAt comparisons against
// literal char codes at literal offsets, children become nested if/switch
// blocks, and backtracking is the plain fall-through from a failed block to
// the next alternative. Parameter values live in fixed locals because the
// number of parameters collected on the way to any node is known at compile
// time. Handler storages and regexes are captured as closure constants.
//
// Two matchers are generated from the same tree:
//
// - The "sanitized" matcher takes the decoded path without its querystring,
//   exactly like the tree walk in Router#find, and implements the same
//   matching order and semantics: static child first, then parametric
//   children in their sorted order, then the wildcard, with backtracking to
//   the next alternative whenever a deeper match fails.
//
// - The "raw" matcher runs directly on the request URL and so skips the
//   sanitizing pre-scan. Its leaf checks accept a `?` or `#` where the
//   sanitized matcher expects the end of the path, and its parameter scans
//   stop at those delimiters too. Whenever a `%` turns up where it could
//   change the outcome (inside a parameter, or anywhere in a URL that did
//   not match) it gives up and defers to the sanitized matcher, which is
//   authoritative. The raw matcher is only generated when the router options
//   and the registered routes keep the raw URL and the sanitized path
//   char-for-char identical up to the first delimiter.
//
// The raw matcher comes in two targets: `find` returns the usual
// { handler, store, params, searchParams } object, `lookup` calls the route
// handler straight from the matched leaf, as Router#lookup would, without
// allocating that object first.
class TreeCompiler {
  constructor (router, raw, target = 'find') {
    this.router = router
    this.raw = raw
    this.lookup = target === 'lookup'
    this.constNames = []
    this.constValues = []
    this.functions = []
    this.lines = []
    this.indent = 1
    this.maxParams = 0
    this.uid = 0
    this.tracksMaxParamLength = router.onMaxParamLength !== null
    this.useSemicolonDelimiter = router.useSemicolonDelimiter
    this.routerConst = this.addConst(router, 'router')
  }

  addConst (value, hint) {
    const name = `${hint}_${this.constNames.length}`
    this.constNames.push(name)
    this.constValues.push(value)
    return name
  }

  emit (line) {
    this.lines.push('  '.repeat(this.indent) + line)
  }

  compile (root, slow) {
    if (this.raw) this.indent = 2

    // The root prefix is never compared against the path, just skipped,
    // mirroring `pathIndex = currentNode.prefix.length` in Router#find.
    this.emitNodeBody(root, null, root.prefix.length, 0, root.prefix)

    if (this.raw) {
      if (this.tracksMaxParamLength) {
        this.emit('if (maxParamLengthExceeded) break raw')
      }
      // A failed match may be due to a percent-encoded char in a static part
      // of the URL, which only the sanitized matcher can resolve.
      this.emit(`if (path.indexOf('%', 1) === -1) return ${this.lookup ? `${this.routerConst}._defaultRoute(req, res, ctx)` : 'null'}`)
    } else {
      if (this.tracksMaxParamLength) {
        this.emit(`if (maxParamLengthExceeded) return ${this.routerConst}._onMaxParamLength(originPath)`)
      }
      this.emit('return null')
    }

    // Strict mode, so that a slip like assigning an undeclared local in the
    // generated code throws instead of creating a global.
    const source = ["'use strict'"]
    for (const fn of this.functions) {
      source.push(`function ${fn.name} (${this.subtreeArguments(fn.paramsCount, 'i')}) {`)
      source.push(`  let ${this.paramLocals(fn.paramsCount)}`)
      if (this.raw) {
        source.push('  let c')
      }
      if (this.tracksMaxParamLength) {
        source.push('  let maxParamLengthExceeded = false')
      }
      source.push(...fn.lines)
      if (this.tracksMaxParamLength) {
        // In raw mode a FLAG makes the caller retry through the sanitized
        // matcher, which reports the exceeded parameter length.
        source.push('  return maxParamLengthExceeded ? FLAG : NO_MATCH')
      } else {
        source.push('  return NO_MATCH')
      }
      source.push('}')
    }

    if (this.raw) {
      const delimiters = this.delimiterCharCodes()
      source.push(
        this.scanFunction('scanSegment', [47].concat(delimiters), false),
        this.scanFunction('scanRest', delimiters, true),
        this.lookup
          ? 'return function compiledLookup (path, derivedConstraints, req, res, ctx) {'
          : 'return function compiledFind (path, derivedConstraints) {',
        '  raw: {',
        '    if (path.charCodeAt(0) !== 47) break raw',
        '    const pathLen = path.length',
        '    let c',
        `    let ${this.paramLocals(0)}`
      )
      if (this.tracksMaxParamLength) {
        source.push('    let maxParamLengthExceeded = false')
      }
      source.push(
        ...this.lines.map(line => line.replaceAll(RETRY_PLACEHOLDER, 'break raw')),
        '  }',
        this.lookup
          ? `  return ${this.routerConst}.callHandler(slow(path, derivedConstraints), req, res, ctx)`
          : '  return slow(path, derivedConstraints)',
        '}'
      )
    } else {
      source.push(
        'return function compiledFindSanitized (path, originPath, shouldDecodeParam, derivedConstraints, querystring) {',
        '  const pathLen = path.length',
        `  let ${this.paramLocals(0)}`
      )
      if (this.tracksMaxParamLength) {
        source.push('  let maxParamLengthExceeded = false')
      }
      source.push(...this.lines, '}')
    }

    const code = source.join('\n')
    const factory = new Function('NullObject', 'decodeParam', 'slow', 'FLAG', 'NO_MATCH', ...this.constNames, code) // eslint-disable-line no-new-func
    const fn = factory(NullObject, safeDecodeURIComponent, slow, FLAG, NO_MATCH, ...this.constValues)
    fn.source = code
    return fn
  }

  // Locals for the parameter values collected from slot `from` on. Four are
  // always declared so the per-handler params constructor can be called.
  paramLocals (from) {
    const locals = []
    for (let i = from; i < Math.max(this.maxParams, 4); i++) {
      locals.push(`p${i}`)
    }
    return locals.length === 0 ? 'unused' : locals.join(', ')
  }

  // Arguments of a subtree function; `position` is what the caller passes
  // for the path position argument `i`.
  subtreeArguments (paramsCount, position) {
    const args = this.raw
      ? ['path', 'pathLen', position, 'derivedConstraints']
      : ['path', 'originPath', 'pathLen', 'shouldDecodeParam', 'derivedConstraints', 'querystring', position]
    if (this.lookup) args.push('req', 'res', 'ctx')
    for (let i = 0; i < paramsCount; i++) args.push(`p${i}`)
    return args.join(', ')
  }

  delimiterCharCodes () {
    const delimiters = [63, 35] // '?' and '#'
    if (this.useSemicolonDelimiter) delimiters.push(59)
    return delimiters
  }

  // Emits a scanner returning the index of the first char among `stops` (or
  // the end of the path), or -1 as soon as a '%' is seen: the slice before a
  // '%' may decode differently and must go through the sanitized matcher.
  // A char loop is cheapest for the short segments that make up most paths,
  // a native regex search wins on long ones, so the scanner starts with a
  // bounded loop and hands anything longer over to the regex. A wildcard
  // consumes the rest of the path, so its scanner knows the length up front
  // and can pick the strategy before looping.
  scanFunction (name, stops, knowsLength) {
    const checks = stops.concat(37).map(code => `c === ${code}`).join(' || ')
    const charClass = stops.concat(37).map(code => '\\x' + code.toString(16).padStart(2, '0')).join('')
    const lines = [
      // A global regex with lastIndex finds the first stop char in one
      // native call, without allocating a match result.
      `const ${name}Regex = /[${charClass}]/g`,
      `function ${name}Long (path, i, len) {`,
      `  ${name}Regex.lastIndex = i`,
      `  if (!${name}Regex.test(path)) return len`,
      `  i = ${name}Regex.lastIndex - 1`,
      '  return path.charCodeAt(i) === 37 ? -1 : i',
      '}',
      `function ${name} (path, i, len) {`
    ]
    if (knowsLength) {
      lines.push(`  if (len - i > ${SCAN_LOOP_MAX_LENGTH}) return ${name}Long(path, i, len)`)
      lines.push('  for (; i < len; i++) {')
    } else {
      lines.push(`  const limit = len - i > ${SCAN_LOOP_MAX_LENGTH} ? i + ${SCAN_LOOP_MAX_LENGTH} : len`)
      lines.push('  for (; i < limit; i++) {')
    }
    lines.push(
      '    const c = path.charCodeAt(i)',
      `    if (${checks}) return c === 37 ? -1 : i`,
      '  }'
    )
    if (knowsLength) {
      lines.push('  return len')
    } else {
      lines.push(`  return i === len ? len : ${name}Long(path, i, len)`)
    }
    lines.push('}')
    return lines.join('\n')
  }

  // Position of `offset` chars past `base`, where base is null for the
  // constant position after the root (no parameter consumed yet) or the
  // name of a local holding the end of the last consumed parameter.
  position (base, offset) {
    if (base === null) return String(offset)
    if (offset === 0) return base
    return `${base} + ${offset}`
  }

  // Statement handing the lookup over to the sanitized matcher (raw mode):
  // a jump out of the raw block, or a FLAG return from a subtree function.
  retry () {
    return RETRY_PLACEHOLDER
  }

  // Condition for the path to end at `pos`. The raw matcher also accepts a
  // query delimiter there, since the sanitized path stops at it.
  endCondition (pos) {
    if (!this.raw) return `pathLen === ${pos}`
    const delimiters = this.delimiterCharCodes()
    const checks = [`pathLen === ${pos}`, `(c = path.charCodeAt(${pos})) === ${delimiters[0]}`]
    for (let i = 1; i < delimiters.length; i++) checks.push(`c === ${delimiters[i]}`)
    return checks.join(' || ')
  }

  querystringExpression (pos) {
    if (!this.raw) return 'querystring'
    return `pathLen === ${pos} ? '' : path.slice(${pos} + 1)`
  }

  // Emits the code run once a node's prefix has matched and the path
  // position is at `offset` past `base`: the leaf check, then the children.
  // `staticPath` is the full static path from the root to this node, or null
  // once a parameter has been consumed on the way.
  emitNodeBody (node, base, offset, paramsCount, staticPath) {
    if (node.isLeafNode) {
      const pos = this.position(base, offset)
      if (node.kind === NODE_TYPES.WILDCARD && !this.raw) {
        // A wildcard always consumes the rest of the path.
        this.emitLeaf(node, paramsCount, pos)
      } else {
        this.emit(`if (${this.endCondition(pos)}) {`)
        this.indent++
        this.emitLeaf(node, paramsCount, pos)
        this.indent--
        this.emit('}')
      }
    }

    this.emitStaticChildren(node, base, offset, paramsCount, staticPath)
    this.emitParametricChildren(node, base, offset, paramsCount)
    this.emitWildcardChild(node, base, offset, paramsCount)
  }

  // Like emitNodeBody, but a body too large to stay in the current function
  // is moved to a function of its own and replaced by a call. The body is
  // generated once against a position placeholder, which is then replaced
  // by the real position expression or by the function's own argument.
  emitSubtree (node, base, offset, paramsCount, staticPath) {
    const outerLines = this.lines
    const outerIndent = this.indent
    this.lines = []
    this.indent = 0
    this.emitNodeBody(node, POSITION_PLACEHOLDER, 0, paramsCount, staticPath)
    const bodyLines = this.lines
    this.lines = outerLines
    this.indent = outerIndent

    if (bodyLines.length <= SPLIT_LINES && this.lines.length + bodyLines.length <= FUNCTION_LINES) {
      // Inline: the retry placeholder is left for the enclosing context.
      const position = this.position(base, offset)
      const prefix = '  '.repeat(this.indent)
      for (const line of bodyLines) {
        this.lines.push(prefix + substitutePosition(line, position))
      }
      return
    }

    const name = `subtree_${this.functions.length}`
    this.functions.push({
      name,
      paramsCount,
      lines: bodyLines.map(line => '  ' + substitutePosition(line, 'i').replaceAll(RETRY_PLACEHOLDER, 'return FLAG'))
    })

    const result = `r${this.uid++}`
    this.emit(`const ${result} = ${name}(${this.subtreeArguments(paramsCount, this.position(base, offset))})`)
    this.emit(`if (${result} !== NO_MATCH) {`)
    this.emit(`  if (${result} !== FLAG) return ${result}`)
    if (this.raw) {
      this.emit(`  ${this.retry()}`)
    } else if (this.tracksMaxParamLength) {
      this.emit('  maxParamLengthExceeded = true')
    }
    this.emit('}')
  }

  emitLeaf (node, paramsCount, pos) {
    const storage = node.handlerStorage
    const storageConst = this.addConst(storage, 'handlers')
    const handle = `h${this.uid++}`

    this.emit(`const ${handle} = ${storageConst}.getMatchingHandler(derivedConstraints)`)
    this.emit(`if (${handle} !== null) {`)
    this.indent++

    let paramsExpr
    if (storage.handlers.length === 1) {
      // A single handler: build its params object inline with literal keys.
      const params = storage.handlers[0].params
      this.maxParams = Math.max(this.maxParams, paramsCount, params.length)
      const paramsObject = `o${this.uid++}`
      this.emit(`const ${paramsObject} = new NullObject()`)
      for (let i = 0; i < params.length; i++) {
        this.emit(`${paramsObject}[${JSON.stringify(params[i])}] = p${i}`)
      }
      paramsExpr = paramsObject
    } else {
      // Several constrained handlers may have different param names: defer
      // to the per-handler params constructor, which takes the first four
      // values positionally and the rest in an array.
      this.maxParams = Math.max(this.maxParams, paramsCount)
      const extra = []
      for (let i = 4; i < paramsCount; i++) extra.push(`p${i}`)
      const extraExpr = extra.length === 0 ? 'null' : `[${extra.join(', ')}]`
      paramsExpr = `${handle}._createParamsObject(p0, p1, p2, p3, ${extraExpr})`
    }

    const searchParams = `${this.routerConst}.querystringParser(${this.querystringExpression(pos)})`
    if (this.lookup) {
      // Call the route handler directly, as Router#callHandler would.
      this.emit(`const q${this.uid} = ${searchParams}`)
      this.emit('return ctx === undefined')
      this.emit(`  ? ${handle}.handler(req, res, ${paramsExpr}, ${handle}.store, q${this.uid})`)
      this.emit(`  : ${handle}.handler.call(ctx, req, res, ${paramsExpr}, ${handle}.store, q${this.uid})`)
      this.uid++
    } else {
      this.emit('return {')
      this.emit(`  handler: ${handle}.handler,`)
      this.emit(`  store: ${handle}.store,`)
      this.emit(`  params: ${paramsExpr},`)
      this.emit(`  searchParams: ${searchParams}`)
      this.emit('}')
    }

    this.indent--
    this.emit('}')
  }

  // Condition matching a static child's prefix at the given position. The
  // first char can be skipped when a surrounding switch already checked it.
  prefixCondition (child, base, offset, skipFirstChar) {
    const prefix = child.prefix
    if (prefix.length >= LONG_PREFIX_MIN_LENGTH) {
      const pos = this.position(base, offset)
      return `path.indexOf(${JSON.stringify(prefix)}, ${pos}) === ${pos}`
    }
    const checks = []
    for (let i = skipFirstChar ? 1 : 0; i < prefix.length; i++) {
      checks.push(`path.charCodeAt(${this.position(base, offset + i)}) === ${prefix.charCodeAt(i)}`)
    }
    return checks.length === 0 ? null : checks.join(' && ')
  }

  emitStaticChildren (node, base, offset, paramsCount, staticPath) {
    const children = node.staticChildrenNodes
    if (children.length === 0) return

    if (children.length === 1) {
      this.emitStaticChild(children[0], base, offset, paramsCount, staticPath, false)
      return
    }

    this.emit(`switch (path.charCodeAt(${this.position(base, offset)})) {`)
    this.indent++
    for (let i = 0; i < children.length; i++) {
      this.emit(`case ${node.staticChildrenCharCodes[i]}: {`)
      this.indent++
      this.emitStaticChild(children[i], base, offset, paramsCount, staticPath, true)
      this.emit('break')
      this.indent--
      this.emit('}')
    }
    this.indent--
    this.emit('}')
  }

  emitStaticChild (child, base, offset, paramsCount, staticPath, skipFirstChar) {
    const childStaticPath = staticPath === null ? null : staticPath + child.prefix
    const condition = this.prefixCondition(child, base, offset, skipFirstChar)
    const end = offset + child.prefix.length

    // A static leaf without children on an all-static path is, in the common
    // case, the whole URL: one string comparison settles it. The prefix chain
    // is only needed when a querystring follows.
    const isWholePathLeaf = this.raw && childStaticPath !== null && child.isLeafNode &&
      child.staticChildrenNodes.length === 0 && child.parametricChildren.length === 0 && child.wildcardChild === null
    if (isWholePathLeaf) {
      const pos = this.position(base, end)
      const suffix = condition === null ? this.endCondition(pos) : `${condition} && (${this.endCondition(pos)})`
      this.emit(`if (path === ${JSON.stringify(childStaticPath)} || (${suffix})) {`)
      this.indent++
      this.emitLeaf(child, paramsCount, pos)
      this.indent--
      this.emit('}')
      return
    }

    if (condition !== null) {
      this.emit(`if (${condition}) {`)
      this.indent++
    }
    this.emitSubtree(child, base, end, paramsCount, childStaticPath)
    if (condition !== null) {
      this.indent--
      this.emit('}')
    }
  }

  emitParametricChildren (node, base, offset, paramsCount) {
    const children = node.parametricChildren
    if (children.length === 0) return

    const pos = this.position(base, offset)
    const id = this.uid++
    const end = `e${id}`
    const value = `v${id}`

    // Every parametric sibling consumes the same slice of the path, up to
    // the next slash, so it is extracted once for all of them.
    if (this.raw) {
      this.emit(`const ${end} = scanSegment(path, ${pos}, pathLen)`)
      this.emit(`if (${end} === -1) ${this.retry()}`)
      this.emit(`const ${value} = path.slice(${pos}, ${end})`)
    } else {
      this.emit(`let ${end} = originPath.indexOf('/', ${pos})`)
      this.emit(`if (${end} === -1) ${end} = pathLen`)
      this.emit(`let ${value} = originPath.slice(${pos}, ${end})`)
      this.emit(`if (shouldDecodeParam) ${value} = decodeParam(${value})`)
    }

    for (const child of children) {
      if (child.isRegex) {
        this.emitRegexChild(child, end, value, paramsCount)
      } else {
        this.emit(`if (${value}.length <= ${this.routerConst}.maxParamLength) {`)
        this.indent++
        this.emit(`p${paramsCount} = ${value}`)
        this.emitSubtree(child, end, 0, paramsCount + 1, null)
        this.indent--
        if (this.tracksMaxParamLength) {
          this.emit('} else {')
          this.emit('  maxParamLengthExceeded = true')
        }
        this.emit('}')
      }
    }
  }

  emitRegexChild (child, end, value, paramsCount) {
    const regexConst = this.addConst(child.regex, 'regex')
    const groupCount = countCaptureGroups(child.regex)
    const match = `m${this.uid++}`

    // Bound the regex input before running it, see Router.prototype.find
    const maxLength = `${child.regexParamCount} * ${this.routerConst}.maxParamLength + ${child.regexStaticLength}`
    this.emit(`if (${value}.length > ${maxLength}) {`)
    if (this.tracksMaxParamLength) {
      this.emit('  maxParamLengthExceeded = true')
    }
    this.emit('} else {')
    this.indent++

    this.emit(`const ${match} = ${regexConst}.exec(${value})`)
    this.emit(`if (${match} !== null) {`)
    this.indent++

    const groups = []
    for (let i = 1; i <= groupCount; i++) {
      const group = `${match}g${i}`
      groups.push(group)
      this.emit(`const ${group} = ${match}[${i}] ?? ''`)
    }

    const tooLong = groups.map(group => `${group}.length > ${this.routerConst}.maxParamLength`).join(' || ')
    if (groups.length > 0) {
      this.emit(`if (${tooLong}) {`)
      if (this.tracksMaxParamLength) {
        this.emit('  maxParamLengthExceeded = true')
      }
      this.emit('} else {')
      this.indent++
    }
    for (let i = 0; i < groups.length; i++) {
      this.emit(`p${paramsCount + i} = ${groups[i]}`)
    }
    this.emitSubtree(child, end, 0, paramsCount + groups.length, null)
    if (groups.length > 0) {
      this.indent--
      this.emit('}')
    }

    this.indent--
    this.emit('}')

    this.indent--
    this.emit('}')
  }

  emitWildcardChild (node, base, offset, paramsCount) {
    const child = node.wildcardChild
    if (child === null) return

    const pos = this.position(base, offset)
    const id = this.uid++
    const value = `w${id}`
    this.emit('{')
    this.indent++
    if (this.raw) {
      const end = `e${id}`
      this.emit(`const ${end} = scanRest(path, ${pos}, pathLen)`)
      this.emit(`if (${end} === -1) ${this.retry()}`)
      this.emit(`const ${value} = path.slice(${pos}, ${end})`)
      this.emit(`p${paramsCount} = ${value}`)
      this.emitNodeBody(child, end, 0, paramsCount + 1, null)
    } else {
      this.emit(`let ${value} = originPath.slice(${pos})`)
      this.emit(`if (shouldDecodeParam) ${value} = decodeParam(${value})`)
      this.emit(`p${paramsCount} = ${value}`)
      this.emitNodeBody(child, 'pathLen', 0, paramsCount + 1, null)
    }
    this.indent--
    this.emit('}')
  }
}

function countCaptureGroups (regex) {
  return new RegExp(regex.source + '|').exec('').length - 1
}

// The raw matcher relies on the raw URL and the sanitized path being
// identical up to the first delimiter, which the router options and the
// static parts of the routes must allow.
function supportsRawMatching (router, root) {
  if (router.ignoreTrailingSlash || router.ignoreDuplicateSlashes || router.caseSensitive === false) {
    return false
  }
  const forbidden = router.useSemicolonDelimiter ? /[%?#;]/ : /[%?#]/
  const stack = [root]
  while (stack.length > 0) {
    const node = stack.pop()
    if (forbidden.test(node.prefix)) return false
    stack.push(...node.staticChildrenNodes, ...node.parametricChildren)
    if (node.wildcardChild !== null) stack.push(node.wildcardChild)
  }
  return true
}

// Returns the compiled find(path, derivedConstraints) and
// lookup(path, derivedConstraints, req, res, ctx) for a method tree.
function compileTree (router, root) {
  const sanitized = new TreeCompiler(router, false).compile(root, null)
  const slow = function findSanitized (path, derivedConstraints) {
    return router._findSanitized(sanitized, path, derivedConstraints)
  }
  if (!supportsRawMatching(router, root)) {
    return {
      find: slow,
      lookup: function lookupSanitized (path, derivedConstraints, req, res, ctx) {
        return router.callHandler(slow(path, derivedConstraints), req, res, ctx)
      }
    }
  }
  return {
    find: new TreeCompiler(router, true, 'find').compile(root, slow),
    lookup: new TreeCompiler(router, true, 'lookup').compile(root, slow)
  }
}

module.exports = { compileTree }


/***/ }),

/***/ 9623:
/***/ ((module, __unused_webpack_exports, __nccwpck_require__) => {



const acceptVersionStrategy = __nccwpck_require__(2418)
const acceptHostStrategy = __nccwpck_require__(8834)
const assert = __nccwpck_require__(4589)

class Constrainer {
  constructor (customStrategies) {
    this.strategies = {
      version: acceptVersionStrategy,
      host: acceptHostStrategy
    }

    this.strategiesInUse = new Set()
    this.asyncStrategiesInUse = new Set()

    // validate and optimize prototypes of given custom strategies
    if (customStrategies) {
      for (const strategy of Object.values(customStrategies)) {
        this.addConstraintStrategy(strategy)
      }
    }
  }

  isStrategyUsed (strategyName) {
    return this.strategiesInUse.has(strategyName) ||
      this.asyncStrategiesInUse.has(strategyName)
  }

  hasConstraintStrategy (strategyName) {
    if (!Object.hasOwn(this.strategies, strategyName)) return false
    const customConstraintStrategy = this.strategies[strategyName]
    if (customConstraintStrategy !== undefined) {
      return customConstraintStrategy.isCustom ||
        this.isStrategyUsed(strategyName)
    }
    return false
  }

  addConstraintStrategy (strategy) {
    assert(typeof strategy.name === 'string' && strategy.name !== '', 'strategy.name is required.')
    assert(strategy.storage && typeof strategy.storage === 'function', 'strategy.storage function is required.')
    assert(strategy.deriveConstraint && typeof strategy.deriveConstraint === 'function', 'strategy.deriveConstraint function is required.')

    if (Object.hasOwn(this.strategies, strategy.name) && this.strategies[strategy.name].isCustom) {
      throw new Error(`There already exists a custom constraint with the name ${strategy.name}.`)
    }

    if (this.isStrategyUsed(strategy.name)) {
      throw new Error(`There already exists a route with ${strategy.name} constraint.`)
    }

    strategy.isCustom = true
    strategy.isAsync = strategy.deriveConstraint.length === 3
    this.strategies[strategy.name] = strategy

    if (strategy.mustMatchWhenDerived) {
      this.noteUsage({ [strategy.name]: strategy })
    }
  }

  deriveConstraints (req, ctx, done) {
    const constraints = this.deriveSyncConstraints(req, ctx)

    if (done === undefined) {
      return constraints
    }

    this.deriveAsyncConstraints(constraints, req, ctx, done)
  }

  deriveSyncConstraints (req, ctx) {
    return undefined
  }

  // When new constraints start getting used, we need to rebuild the deriver to derive them. Do so if we see novel constraints used.
  noteUsage (constraints) {
    if (constraints) {
      const beforeSize = this.strategiesInUse.size
      for (const key in constraints) {
        if (!Object.hasOwn(constraints, key) || !Object.hasOwn(this.strategies, key)) continue
        const strategy = this.strategies[key]
        if (strategy.isAsync) {
          this.asyncStrategiesInUse.add(key)
        } else {
          this.strategiesInUse.add(key)
        }
      }
      if (beforeSize !== this.strategiesInUse.size) {
        this._buildDeriveConstraints()
      }
    }
  }

  newStoreForConstraint (constraint) {
    if (!Object.hasOwn(this.strategies, constraint) || !this.strategies[constraint]) {
      throw new Error(`No strategy registered for constraint key ${constraint}`)
    }
    return this.strategies[constraint].storage()
  }

  validateConstraints (constraints) {
    for (const key in constraints) {
      if (!Object.hasOwn(constraints, key)) continue
      const value = constraints[key]
      if (typeof value === 'undefined') {
        throw new Error('Can\'t pass an undefined constraint value, must pass null or no key at all')
      }
      const strategy = Object.hasOwn(this.strategies, key) ? this.strategies[key] : undefined
      if (!strategy) {
        throw new Error(`No strategy registered for constraint key ${key}`)
      }
      if (strategy.validate) {
        strategy.validate(value)
      }
    }
  }

  deriveAsyncConstraints (constraints, req, ctx, done) {
    let asyncConstraintsCount = this.asyncStrategiesInUse.size

    if (asyncConstraintsCount === 0) {
      done(null, constraints)
      return
    }

    let errored = false
    constraints = constraints || {}
    for (const key of this.asyncStrategiesInUse) {
      const strategy = this.strategies[key]
      strategy.deriveConstraint(req, ctx, (err, constraintValue) => {
        if (errored) return

        if (err !== null) {
          errored = true
          done(err)
          return
        }

        constraints[key] = constraintValue

        if (--asyncConstraintsCount === 0) {
          done(null, constraints)
        }
      })
    }
  }

  // Optimization: build a fast function for deriving the constraints for all the strategies at once. We inline the definitions of the version constraint and the host constraint for performance.
  // If no constraining strategies are in use (no routes constrain on host, or version, or any custom strategies) then we don't need to derive constraints for each route match, so don't do anything special, and just return undefined
  // This allows us to not allocate an object to hold constraint values if no constraints are defined.
  _buildDeriveConstraints () {
    if (this.strategiesInUse.size === 0) return

    const lines = ["'use strict'", 'return {']

    for (const key of this.strategiesInUse) {
      const strategy = this.strategies[key]
      // Optimization: inline the derivation for the common built in constraints
      if (!strategy.isCustom) {
        if (key === 'version') {
          lines.push('   version: req.headers[\'accept-version\'],')
        } else {
          lines.push('   host: req.headers.host || req.headers[\':authority\'],')
        }
      } else {
        lines.push(`  ${strategy.name}: this.strategies.${key}.deriveConstraint(req, ctx),`)
      }
    }

    lines.push('}')

    this.deriveSyncConstraints = new Function('req', 'ctx', lines.join('\n')).bind(this) // eslint-disable-line
  }
}

module.exports = Constrainer


/***/ }),

/***/ 4637:
/***/ ((module, __unused_webpack_exports, __nccwpck_require__) => {



const { NullObject } = __nccwpck_require__(166)
const httpMethodStrategy = __nccwpck_require__(5681)

class HandlerStorage {
  constructor () {
    this.unconstrainedHandler = null // optimized reference to the handler that will match most of the time
    this.constraints = []
    this.handlers = [] // unoptimized list of handler objects for which the fast matcher function will be compiled
    this.constrainedHandlerStores = null
  }

  // This is the hot path for node handler finding -- change with care!
  getMatchingHandler (derivedConstraints) {
    if (derivedConstraints === undefined) {
      return this.unconstrainedHandler
    }
    return this._getHandlerMatchingConstraints(derivedConstraints)
  }

  addHandler (constrainer, route) {
    const params = route.params
    const constraints = route.opts.constraints || {}

    const handlerObject = {
      params,
      constraints,
      handler: route.handler,
      store: route.store || null,
      _createParamsObject: this._compileCreateParamsObject(params)
    }

    const constraintsNames = Object.keys(constraints)
    if (constraintsNames.length === 0) {
      this.unconstrainedHandler = handlerObject
    }

    for (const constraint of constraintsNames) {
      if (!this.constraints.includes(constraint)) {
        if (constraint === 'version') {
          // always check the version constraint first as it is the most selective
          this.constraints.unshift(constraint)
        } else {
          this.constraints.push(constraint)
        }
      }
    }

    const isMergedTree = constraintsNames.includes(httpMethodStrategy.name)
    if (!isMergedTree && this.handlers.length >= 31) {
      throw new Error('find-my-way supports a maximum of 31 route handlers per node when there are constraints, limit reached')
    }

    this.handlers.push(handlerObject)
    // Sort the most constrained handlers to the front of the list of handlers so they are tested first.
    this.handlers.sort((a, b) => Object.keys(a.constraints).length - Object.keys(b.constraints).length)

    if (!isMergedTree) {
      this._compileGetHandlerMatchingConstraints(constrainer, constraints)
    }
  }

  _compileCreateParamsObject (params) {
    const fnBody = ["'use strict'"]

    // Parameter values arrive by position: the first four as arguments and
    // any further ones in the extraParams array. This mirrors how the
    // router's find() collects them without allocating an array.
    fnBody.push('const fn = function _createParamsObject (param0, param1, param2, param3, extraParams) {')

    fnBody.push('const params = new NullObject()')
    for (let i = 0; i < params.length; i++) {
      const value = i < 4 ? `param${i}` : `extraParams[${i - 4}]`
      fnBody.push(`params[${JSON.stringify(params[i])}] = ${value}`)
    }
    fnBody.push('return params')
    fnBody.push('}')

    fnBody.push('return fn')

    return new Function('NullObject', fnBody.join('\n'))(NullObject)  // eslint-disable-line
  }

  _getHandlerMatchingConstraints () {
    return null
  }

  // Builds a store object that maps from constraint values to a bitmap of handler indexes which pass the constraint for a value
  // So for a host constraint, this might look like { "fastify.io": 0b0010, "google.ca": 0b0101 }, meaning the 3rd handler is constrainted to fastify.io, and the 2nd and 4th handlers are constrained to google.ca.
  // The store's implementation comes from the strategies provided to the Router.
  _buildConstraintStore (store, constraint) {
    for (let i = 0; i < this.handlers.length; i++) {
      const handler = this.handlers[i]
      const constraintValue = handler.constraints[constraint]
      if (constraintValue !== undefined) {
        let indexes = store.get(constraintValue) || 0
        indexes |= 1 << i // set the i-th bit for the mask because this handler is constrained by this value https://stackoverflow.com/questions/1436438/how-do-you-set-clear-and-toggle-a-single-bit-in-javascrip
        store.set(constraintValue, indexes)
      }
    }
  }

  // Builds a bitmask for a given constraint that has a bit for each handler index that is 0 when that handler *is* constrained and 1 when the handler *isnt* constrainted. This is opposite to what might be obvious, but is just for convienience when doing the bitwise operations.
  _constrainedIndexBitmask (constraint) {
    let mask = 0
    for (let i = 0; i < this.handlers.length; i++) {
      const handler = this.handlers[i]
      const constraintValue = handler.constraints[constraint]
      if (constraintValue !== undefined) {
        mask |= 1 << i
      }
    }
    return ~mask
  }

  // Compile a fast function to match the handlers for this node
  // The function implements a general case multi-constraint matching algorithm.
  // The general idea is this: we have a bunch of handlers, each with a potentially different set of constraints, and sometimes none at all. We're given a list of constraint values and we have to use the constraint-value-comparison strategies to see which handlers match the constraint values passed in.
  // We do this by asking each constraint store which handler indexes match the given constraint value for each store. Trickily, the handlers that a store says match are the handlers constrained by that store, but handlers that aren't constrained at all by that store could still match just fine. So, each constraint store can only describe matches for it, and it won't have any bearing on the handlers it doesn't care about. For this reason, we have to ask each stores which handlers match and track which have been matched (or not cared about) by all of them.
  // We use bitmaps to represent these lists of matches so we can use bitwise operations to implement this efficiently. Bitmaps are cheap to allocate, let us implement this masking behaviour in one CPU instruction, and are quite compact in memory. We start with a bitmap set to all 1s representing every handler that is a match candidate, and then for each constraint, see which handlers match using the store, and then mask the result by the mask of handlers that that store applies to, and bitwise AND with the candidate list. Phew.
  // We consider all this compiling function complexity to be worth it, because the naive implementation that just loops over the handlers asking which stores match is quite a bit slower.
  _compileGetHandlerMatchingConstraints (constrainer) {
    this.constrainedHandlerStores = {}

    for (const constraint of this.constraints) {
      const store = constrainer.newStoreForConstraint(constraint)
      this.constrainedHandlerStores[constraint] = store

      this._buildConstraintStore(store, constraint)
    }

    const lines = ["'use strict'"]
    lines.push(`
    let candidates = ${(1 << this.handlers.length) - 1}
    let mask, matches, value
    `)
    for (const constraint of this.constraints) {
      // Setup the mask for indexes this constraint applies to. The mask bits are set to 1 for each position if the constraint applies.
      lines.push(`
      mask = ${this._constrainedIndexBitmask(constraint)}
      value = derivedConstraints.${constraint}
      `)

      // If there's no constraint value, none of the handlers constrained by this constraint can match. Remove them from the candidates.
      // If there is a constraint value, get the matching indexes bitmap from the store, and mask it down to only the indexes this constraint applies to, and then bitwise and with the candidates list to leave only matching candidates left.
      const strategy = constrainer.strategies[constraint]
      const matchMask = strategy.mustMatchWhenDerived ? 'matches' : '(matches | mask)'

      lines.push(`
      if (value === undefined) {
        candidates &= mask
      } else {
        matches = this.constrainedHandlerStores.${constraint}.get(value) || 0
        candidates &= ${matchMask}
      }
      if (candidates === 0) return null;
      `)
    }

    // There are some constraints that can be derived and marked as "must match", where if they are derived, they only match routes that actually have a constraint on the value, like the SemVer version constraint.
    // An example: a request comes in for version 1.x, and this node has a handler that matches the path, but there's no version constraint. For SemVer, the find-my-way semantics do not match this handler to that request.
    // This function is used by Nodes with handlers to match when they don't have any constrained routes to exclude request that do have must match derived constraints present.
    for (const constraint in constrainer.strategies) {
      if (!Object.hasOwn(constrainer.strategies, constraint)) continue
      const strategy = constrainer.strategies[constraint]
      if (strategy.mustMatchWhenDerived && !this.constraints.includes(constraint)) {
        lines.push(`if (derivedConstraints.${constraint} !== undefined) return null`)
      }
    }

    // Return the highest set bit index in the candidates bitmask.
    lines.push('return this.handlers[31 - Math.clz32(candidates)]')

    this._getHandlerMatchingConstraints = new Function('derivedConstraints', lines.join('\n')) // eslint-disable-line
  }
}

module.exports = HandlerStorage


/***/ }),

/***/ 4766:
/***/ ((module) => {



// defined by Node.js http module, a snapshot from Node.js 22.9.0
const httpMethods = [
  'ACL', 'BIND', 'CHECKOUT', 'CONNECT', 'COPY', 'DELETE',
  'GET', 'HEAD', 'LINK', 'LOCK', 'M-SEARCH', 'MERGE',
  'MKACTIVITY', 'MKCALENDAR', 'MKCOL', 'MOVE', 'NOTIFY', 'OPTIONS',
  'PATCH', 'POST', 'PROPFIND', 'PROPPATCH', 'PURGE', 'PUT', 'QUERY',
  'REBIND', 'REPORT', 'SEARCH', 'SOURCE', 'SUBSCRIBE', 'TRACE',
  'UNBIND', 'UNLINK', 'UNLOCK', 'UNSUBSCRIBE'
]

module.exports = httpMethods


/***/ }),

/***/ 6261:
/***/ ((module, __unused_webpack_exports, __nccwpck_require__) => {



const HandlerStorage = __nccwpck_require__(4637)

const NODE_TYPES = {
  STATIC: 0,
  PARAMETRIC: 1,
  WILDCARD: 2
}

// Prefixes at least this long are matched with a native String#indexOf, which
// runs in roughly constant time, instead of the compiled chain of charCodeAt
// comparisons whose cost grows with every char.
const LONG_PREFIX_MIN_LENGTH = 16

function matchSingleCharPrefix () {
  return true
}

function compilePrefixMatch (prefix) {
  if (prefix.length === 1) {
    return matchSingleCharPrefix
  }

  if (prefix.length >= LONG_PREFIX_MIN_LENGTH) {
    return function matchLongPrefix (path, i) {
      return path.indexOf(prefix, i) === i
    }
  }

  const lines = []
  for (let i = 1; i < prefix.length; i++) {
    const charCode = prefix.charCodeAt(i)
    lines.push(`path.charCodeAt(i + ${i}) === ${charCode}`)
  }
  return new Function('path', 'i', `'use strict'\nreturn ${lines.join(' && ')}`) // eslint-disable-line
}

// Every node kind is an instance of this one class so that all nodes share a
// single hidden class. The router's lookup loop alternates between static,
// parametric and wildcard nodes, and with one shape every property access in
// that loop stays monomorphic. Fields that only apply to some kinds are set to
// their neutral value on the others: the lookup loop can then read
// staticChildren, parametricChildren and wildcardChild from any node without
// checking its kind first.
class Node {
  constructor (kind, prefix, regex, staticSuffix, nodePath) {
    this.kind = kind
    this.prefix = prefix
    this.isLeafNode = false
    this.routes = null
    this.handlerStorage = null

    // Static children are stored in parallel arrays keyed by the charCode of
    // the child's first char. A linear scan over integers is faster than a
    // dictionary lookup by single-char string on the hot path.
    this.staticChildrenCharCodes = []
    this.staticChildrenNodes = []

    // static node only
    this.parametricChildren = []
    this.wildcardChild = null
    this.matchPrefix = kind === NODE_TYPES.STATIC ? compilePrefixMatch(prefix) : null

    // parametric node only
    this.isRegex = regex != null
    this.regex = regex || null
    this.staticSuffix = staticSuffix || null
    this.nodePaths = kind === NODE_TYPES.PARAMETRIC ? new Set([nodePath]) : null
    // regex node only: a segment longer than
    // regexParamCount * maxParamLength + regexStaticLength cannot match, so
    // the regex is not run on it (see Router.prototype._on)
    this.regexParamCount = 0
    this.regexStaticLength = 0
  }

  addRoute (route, constrainer) {
    if (this.routes === null) {
      this.routes = []
    }
    if (this.handlerStorage === null) {
      this.handlerStorage = new HandlerStorage()
    }
    this.isLeafNode = true
    this.routes.push(route)
    this.handlerStorage.addHandler(constrainer, route)
  }

  setStaticChild (label, node) {
    const charCode = label.charCodeAt(0)
    const index = this.staticChildrenCharCodes.indexOf(charCode)
    if (index === -1) {
      this.staticChildrenCharCodes.push(charCode)
      this.staticChildrenNodes.push(node)
    } else {
      this.staticChildrenNodes[index] = node
    }
  }

  findStaticMatchingChild (path, pathIndex) {
    const charCode = path.charCodeAt(pathIndex)
    const charCodes = this.staticChildrenCharCodes
    for (let i = 0; i < charCodes.length; i++) {
      if (charCodes[i] === charCode) {
        const staticChild = this.staticChildrenNodes[i]
        if (staticChild.matchPrefix(path, pathIndex)) {
          return staticChild
        }
        return null
      }
    }
    return null
  }

  getStaticChild (path, pathIndex = 0) {
    if (path.length === pathIndex) {
      return this
    }

    const staticChild = this.findStaticMatchingChild(path, pathIndex)
    if (staticChild) {
      return staticChild.getStaticChild(path, pathIndex + staticChild.prefix.length)
    }

    return null
  }

  createStaticChild (path) {
    if (path.length === 0) {
      return this
    }

    const childIndex = this.staticChildrenCharCodes.indexOf(path.charCodeAt(0))
    let staticChild = childIndex === -1 ? undefined : this.staticChildrenNodes[childIndex]
    if (staticChild) {
      let i = 1
      for (; i < staticChild.prefix.length; i++) {
        if (path.charCodeAt(i) !== staticChild.prefix.charCodeAt(i)) {
          staticChild = staticChild.split(this, i)
          break
        }
      }
      return staticChild.createStaticChild(path.slice(i))
    }

    const node = createStaticNode(path)
    this.setStaticChild(path.charAt(0), node)
    return node
  }

  getParametricChild (regex) {
    const regexpSource = regex && regex.source

    const parametricChild = this.parametricChildren.find(child => {
      const childRegexSource = child.regex && child.regex.source
      return childRegexSource === regexpSource
    })

    if (parametricChild) {
      return parametricChild
    }

    return null
  }

  createParametricChild (regex, staticSuffix, nodePath, regexParamCount, regexStaticLength) {
    let parametricChild = this.getParametricChild(regex)
    if (parametricChild) {
      parametricChild.nodePaths.add(nodePath)
      parametricChild.regexParamCount = Math.max(parametricChild.regexParamCount, regexParamCount)
      parametricChild.regexStaticLength = Math.max(parametricChild.regexStaticLength, regexStaticLength)
      return parametricChild
    }

    parametricChild = createParametricNode(regex, staticSuffix, nodePath)
    parametricChild.regexParamCount = regexParamCount
    parametricChild.regexStaticLength = regexStaticLength
    this.parametricChildren.push(parametricChild)
    this.parametricChildren.sort((child1, child2) => {
      if (!child1.isRegex) return 1
      if (!child2.isRegex) return -1

      if (child1.staticSuffix === null) return 1
      if (child2.staticSuffix === null) return -1

      if (child2.staticSuffix.endsWith(child1.staticSuffix)) return 1
      if (child1.staticSuffix.endsWith(child2.staticSuffix)) return -1

      return 0
    })

    return parametricChild
  }

  getWildcardChild () {
    return this.wildcardChild
  }

  createWildcardChild () {
    this.wildcardChild = this.getWildcardChild() || createWildcardNode()
    return this.wildcardChild
  }

  // Returns the next node to visit for the path at pathIndex, preferring a
  // static child, then the first parametric child, then the wildcard. Every
  // sibling that is skipped over is pushed on nodeStack as a flat triple
  // (node, pathIndex, paramsCount) so lookup can backtrack to it later.
  getNextNode (path, pathIndex, nodeStack, paramsCount) {
    let node = this.findStaticMatchingChild(path, pathIndex)
    let parametricBrotherNodeIndex = 0

    if (node === null) {
      if (this.parametricChildren.length === 0) {
        return this.wildcardChild
      }

      node = this.parametricChildren[0]
      parametricBrotherNodeIndex = 1
    }

    if (this.wildcardChild !== null) {
      nodeStack.push(this.wildcardChild, pathIndex, paramsCount)
    }

    for (let i = this.parametricChildren.length - 1; i >= parametricBrotherNodeIndex; i--) {
      nodeStack.push(this.parametricChildren[i], pathIndex, paramsCount)
    }

    return node
  }

  split (parentNode, length) {
    const parentPrefix = this.prefix.slice(0, length)
    const childPrefix = this.prefix.slice(length)

    this.prefix = childPrefix
    this.matchPrefix = compilePrefixMatch(childPrefix)

    const staticNode = createStaticNode(parentPrefix)
    staticNode.setStaticChild(childPrefix.charAt(0), this)
    parentNode.setStaticChild(parentPrefix.charAt(0), staticNode)

    return staticNode
  }
}

function createStaticNode (prefix) {
  return new Node(NODE_TYPES.STATIC, prefix, null, null, null)
}

function createParametricNode (regex, staticSuffix, nodePath) {
  return new Node(NODE_TYPES.PARAMETRIC, '', regex, staticSuffix, nodePath)
}

function createWildcardNode () {
  return new Node(NODE_TYPES.WILDCARD, '', null, null, null)
}

module.exports = { Node, createStaticNode, createParametricNode, createWildcardNode, NODE_TYPES }


/***/ }),

/***/ 166:
/***/ ((module) => {



const NullObject = function () {}
NullObject.prototype = Object.create(null)

module.exports = {
  NullObject
}


/***/ }),

/***/ 1231:
/***/ ((module, __unused_webpack_exports, __nccwpck_require__) => {



const deepEqual = __nccwpck_require__(5546)

const httpMethodStrategy = __nccwpck_require__(5681)
const treeDataSymbol = Symbol('treeData')

function printObjectTree (obj, parentPrefix = '') {
  let tree = ''
  const keys = Object.keys(obj)
  for (let i = 0; i < keys.length; i++) {
    const key = keys[i]
    const value = obj[key]
    const isLast = i === keys.length - 1

    const nodePrefix = isLast ? '\u2514\u2500\u2500 ' : '\u251c\u2500\u2500 '
    const childPrefix = isLast ? '    ' : '\u2502   '

    const nodeData = value[treeDataSymbol] || ''
    const prefixedNodeData = nodeData.replaceAll('\n', '\n' + parentPrefix + childPrefix)

    tree += parentPrefix + nodePrefix + key + prefixedNodeData + '\n'
    tree += printObjectTree(value, parentPrefix + childPrefix)
  }
  return tree
}

function parseFunctionName (fn) {
  let fName = fn.name || ''

  fName = fName.replace('bound', '').trim()
  fName = (fName || 'anonymous') + '()'
  return fName
}

function parseMeta (meta) {
  if (Array.isArray(meta)) return meta.map(m => parseMeta(m))
  if (typeof meta === 'symbol') return meta.toString()
  if (typeof meta === 'function') return parseFunctionName(meta)
  if (meta instanceof RegExp) return meta.toString()
  return meta
}

function getRouteMetaData (route, options) {
  if (!options.includeMeta) return {}

  const metaDataObject = options.buildPrettyMeta(route)
  const filteredMetaData = {}

  let includeMetaKeys = options.includeMeta
  if (!Array.isArray(includeMetaKeys)) {
    includeMetaKeys = Reflect.ownKeys(metaDataObject)
  }

  for (const metaKey of includeMetaKeys) {
    if (!Object.prototype.hasOwnProperty.call(metaDataObject, metaKey)) continue

    const serializedKey = metaKey.toString()
    const metaValue = metaDataObject[metaKey]

    if (metaValue !== undefined && metaValue !== null) {
      const serializedValue = JSON.stringify(parseMeta(metaValue))
      filteredMetaData[serializedKey] = serializedValue
    }
  }

  return filteredMetaData
}

function serializeMetaData (metaData) {
  let serializedMetaData = ''
  for (const [key, value] of Object.entries(metaData)) {
    serializedMetaData += `\n\u2022 (${key}) ${value}`
  }
  return serializedMetaData
}

// get original merged tree node route
function normalizeRoute (route) {
  const constraints = { ...route.opts.constraints }
  const method = constraints[httpMethodStrategy.name]
  delete constraints[httpMethodStrategy.name]
  return { ...route, method, opts: { constraints } }
}

function serializeConstraints (constraints) {
  return JSON.stringify(constraints, (_key, value) => {
    if (value instanceof RegExp) return value.toString()
    return value
  })
}

function serializeRoute (route) {
  let serializedRoute = ` (${route.method})`

  const constraints = route.opts.constraints || {}
  if (Object.keys(constraints).length !== 0) {
    serializedRoute += ' ' + serializeConstraints(constraints)
  }

  serializedRoute += serializeMetaData(route.metaData)
  return serializedRoute
}

function mergeSimilarRoutes (routes) {
  return routes.reduce((mergedRoutes, route) => {
    for (const nodeRoute of mergedRoutes) {
      if (
        deepEqual(route.opts.constraints, nodeRoute.opts.constraints) &&
        deepEqual(route.metaData, nodeRoute.metaData)
      ) {
        nodeRoute.method += ', ' + route.method
        return mergedRoutes
      }
    }
    mergedRoutes.push(route)
    return mergedRoutes
  }, [])
}

function serializeNode (node, prefix, options) {
  let routes = node.routes

  if (options.method === undefined) {
    routes = routes.map(normalizeRoute)
  }

  routes = routes.map(route => {
    route.metaData = getRouteMetaData(route, options)
    return route
  })

  if (options.method === undefined) {
    routes = mergeSimilarRoutes(routes)
  }

  return routes.map(serializeRoute).join(`\n${prefix}`)
}

function buildObjectTree (node, tree, prefix, options) {
  if (node.isLeafNode || options.commonPrefix !== false) {
    prefix = prefix || '(empty root node)'
    tree = tree[prefix] = {}

    if (node.isLeafNode) {
      tree[treeDataSymbol] = serializeNode(node, prefix, options)
    }

    prefix = ''
  }

  if (node.staticChildrenNodes) {
    for (const child of node.staticChildrenNodes) {
      buildObjectTree(child, tree, prefix + child.prefix, options)
    }
  }

  if (node.parametricChildren) {
    for (const child of Object.values(node.parametricChildren)) {
      const childPrefix = Array.from(child.nodePaths).join('|')
      buildObjectTree(child, tree, prefix + childPrefix, options)
    }
  }

  if (node.wildcardChild) {
    buildObjectTree(node.wildcardChild, tree, '*', options)
  }
}

function prettyPrintTree (root, options) {
  const objectTree = {}
  buildObjectTree(root, objectTree, root.prefix, options)
  return printObjectTree(objectTree)
}

module.exports = { prettyPrintTree }


/***/ }),

/***/ 8834:
/***/ ((module, __unused_webpack_exports, __nccwpck_require__) => {


const assert = __nccwpck_require__(4589)

const REGEX_CACHE_MAX_SIZE = 1000
const REGEX_CACHE_EVICTION_SIZE = REGEX_CACHE_MAX_SIZE / 2

function HostStorage () {
  const hosts = new Map()
  const regexHosts = []
  const regexCache = new Map()

  function cacheRegexResult (host, value) {
    if (regexCache.size >= REGEX_CACHE_MAX_SIZE) {
      const keys = regexCache.keys()
      for (let i = 0; i < REGEX_CACHE_EVICTION_SIZE; i++) {
        regexCache.delete(keys.next().value)
      }
    }
    regexCache.set(host, value)
  }
  return {
    get: (host) => {
      const exact = hosts.get(host)
      if (exact) {
        return exact
      }
      if (regexHosts.length === 0) return undefined
      if (regexCache.has(host)) return regexCache.get(host)
      for (const regex of regexHosts) {
        if (regex.host.test(host)) {
          cacheRegexResult(host, regex.value)
          return regex.value
        }
      }
      cacheRegexResult(host, undefined)
    },
    set: (host, value) => {
      if (host instanceof RegExp) {
        const safeRegex = new RegExp(host.source, host.flags.replace(/[gy]/g, ''))
        regexHosts.push({ host: safeRegex, value })
        regexCache.clear()
      } else {
        hosts.set(host, value)
      }
    }
  }
}

module.exports = {
  name: 'host',
  mustMatchWhenDerived: false,
  storage: HostStorage,
  validate (value) {
    assert(typeof value === 'string' || Object.prototype.toString.call(value) === '[object RegExp]', 'Host should be a string or a RegExp')
  }
}


/***/ }),

/***/ 2418:
/***/ ((module, __unused_webpack_exports, __nccwpck_require__) => {



const assert = __nccwpck_require__(4589)

function SemVerStore () {
  if (!(this instanceof SemVerStore)) {
    return new SemVerStore()
  }

  this.store = new Map()
  this.maxMajor = 0
  this.maxMinors = {}
  this.maxPatches = {}
}

SemVerStore.prototype.set = function (version, store) {
  if (typeof version !== 'string') {
    throw new TypeError('Version should be a string')
  }
  let [major, minor, patch] = version.split('.', 3)

  if (isNaN(major)) {
    throw new TypeError('Major version must be a numeric value')
  }

  major = Number(major)
  minor = Number(minor) || 0
  patch = Number(patch) || 0

  if (major >= this.maxMajor) {
    this.maxMajor = major
    this.store.set('x', store)
    this.store.set('*', store)
    this.store.set('x.x', store)
    this.store.set('x.x.x', store)
  }

  if (minor >= (this.maxMinors[major] || 0)) {
    this.maxMinors[major] = minor
    this.store.set(`${major}.x`, store)
    this.store.set(`${major}.x.x`, store)
  }

  if (patch >= (this.maxPatches[`${major}.${minor}`] || 0)) {
    this.maxPatches[`${major}.${minor}`] = patch
    this.store.set(`${major}.${minor}.x`, store)
  }

  this.store.set(`${major}.${minor}.${patch}`, store)
  return this
}

SemVerStore.prototype.get = function (version) {
  return this.store.get(version)
}

module.exports = {
  name: 'version',
  mustMatchWhenDerived: true,
  storage: SemVerStore,
  validate (value) {
    assert(typeof value === 'string', 'Version should be a string')
  }
}


/***/ }),

/***/ 5681:
/***/ ((module) => {



module.exports = {
  name: '__fmw_internal_strategy_merged_tree_http_method__',
  storage: function () {
    const handlers = new Map()
    return {
      get: (type) => { return handlers.get(type) || null },
      set: (type, store) => { handlers.set(type, store) }
    }
  },
  /* c8 ignore next 1 */
  deriveConstraint: (req) => req.method,
  mustMatchWhenDerived: true
}


/***/ }),

/***/ 1898:
/***/ ((module) => {



// It must spot all the chars where decodeURIComponent(x) !== decodeURI(x)
// The chars are: # $ & + , / : ; = ? @
// The table maps the two hex chars following a '%' to the char they decode
// to, or 0 for sequences that decodeURI already handles. A table lookup
// keeps this function's bytecode small enough for V8 to inline the whole
// percent-decoding path into the router's find().
const DECODE_COMPONENT_TABLE = new Uint8Array(768)
for (const [encoded, char] of [
  ['%23', '#'], ['%24', '$'], ['%25', '%'], ['%26', '&'],
  ['%2B', '+'], ['%2b', '+'], ['%2C', ','], ['%2c', ','], ['%2F', '/'], ['%2f', '/'],
  ['%3A', ':'], ['%3a', ':'], ['%3B', ';'], ['%3b', ';'],
  ['%3D', '='], ['%3d', '='], ['%3F', '?'], ['%3f', '?'],
  ['%40', '@']
]) {
  DECODE_COMPONENT_TABLE[((encoded.charCodeAt(1) - 50) << 8) | encoded.charCodeAt(2)] = char.charCodeAt(0)
}

// Returns the charCode of the decoded char, or 0 when decodeURI already
// handles the sequence. Kept minimal so it inlines cheaply into the scans.
function decodeComponentCharCode (highCharCode, lowCharCode) {
  if (highCharCode < 50 || highCharCode > 52 || lowCharCode > 255) {
    return 0
  }
  return DECODE_COMPONENT_TABLE[((highCharCode - 50) << 8) | lowCharCode]
}

function decodeComponentChar (highCharCode, lowCharCode) {
  const charCode = decodeComponentCharCode(highCharCode, lowCharCode)
  if (charCode === 0) {
    return null
  }
  return String.fromCharCode(charCode)
}

// Scanning with native indexOf is much faster than a char-by-char loop for
// long paths, but its fixed call overhead loses on short ones.
const MIN_NATIVE_SCAN_LENGTH = 12

/**
 * Safely decodes a URI path, preserving reserved characters in querystring.
 *
 * @param {string} path - The full request path, possibly including querystring.
 * @param {boolean} [useSemicolonDelimiter] - When true, also treat `;` as a query delimiter.
 * @returns {{ path: string, querystring: string, shouldDecodeParam: boolean }}
 * An object containing the decoded path, the raw querystring, and a flag indicating
 * whether any path parameters contain percent-encoded reserved characters.
 */
function safeDecodeURI (path, useSemicolonDelimiter) {
  if (path.length >= MIN_NATIVE_SCAN_LENGTH) {
    return safeDecodeURINativeScan(path, useSemicolonDelimiter)
  }
  return safeDecodeURICharScan(path, useSemicolonDelimiter, 1)
}

function safeDecodeURINativeScan (path, useSemicolonDelimiter) {
  const percentIndex = path.indexOf('%', 1)

  let delimIndex = path.indexOf('?', 1)
  const hashIndex = path.indexOf('#', 1)
  if (hashIndex !== -1 && (delimIndex === -1 || hashIndex < delimIndex)) {
    delimIndex = hashIndex
  }
  if (useSemicolonDelimiter) {
    const semicolonIndex = path.indexOf(';', 1)
    if (semicolonIndex !== -1 && (delimIndex === -1 || semicolonIndex < delimIndex)) {
      delimIndex = semicolonIndex
    }
  }

  if (percentIndex === -1 || (delimIndex !== -1 && percentIndex > delimIndex)) {
    // No percent-encoding in the path portion, so no decoding is needed
    if (delimIndex === -1) {
      return { path, querystring: '', shouldDecodeParam: false }
    }
    return {
      path: path.slice(0, delimIndex),
      querystring: path.slice(delimIndex + 1),
      shouldDecodeParam: false
    }
  }

  // The path portion contains percent-encoding: process it with the
  // char-by-char loop, starting at the first '%'
  return safeDecodeURIPercentScan(path, useSemicolonDelimiter, percentIndex)
}

// Kept small so V8 can inline it into the router's find(): the expensive
// percent-decoding logic lives in safeDecodeURIPercentScan and is only
// called when a '%' is actually present.
function safeDecodeURICharScan (path, useSemicolonDelimiter, startIndex) {
  for (let i = startIndex; i < path.length; i++) {
    const charCode = path.charCodeAt(i)

    if (charCode === 37) {
      return safeDecodeURIPercentScan(path, useSemicolonDelimiter, i)
    // Some systems do not follow RFC and separate the path and query
    // string with a `;` character (code 59), e.g. `/foo;jsessionid=123456`.
    // Thus, we need to split on `;` as well as `?` and `#` if the useSemicolonDelimiter option is enabled.
    } else if (charCode === 63 || charCode === 35 || (charCode === 59 && useSemicolonDelimiter)) {
      return {
        path: path.slice(0, i),
        querystring: path.slice(i + 1),
        shouldDecodeParam: false
      }
    }
  }
  return { path, querystring: '', shouldDecodeParam: false }
}

function safeDecodeURIPercentScan (path, useSemicolonDelimiter, startIndex) {
  let shouldDecode = false
  let shouldDecodeParam = false

  let querystring = ''

  // Positions of the '%25' sequences. Each one must be re-encoded as '%2525' so
  // decodeURI() does not collapse it into a bare '%'. Lazily allocated so the
  // common case (no %25 in the path) stays allocation-free.
  let percentIndexes = null
  // Index of the first query delimiter in the path, or -1 when there is none.
  let pathEnd = -1

  for (let i = startIndex; i < path.length; i++) {
    const charCode = path.charCodeAt(i)

    if (charCode === 37) {
      const componentCharCode = decodeComponentCharCode(path.charCodeAt(i + 1), path.charCodeAt(i + 2))

      if (componentCharCode === 0) {
        shouldDecode = true
      } else {
        shouldDecodeParam = true
        // 37 - the '%' char, percent-encoded as %25
        if (componentCharCode === 37) {
          shouldDecode = true
          if (percentIndexes === null) percentIndexes = []
          percentIndexes.push(i)
        }
        i += 2
      }
    // Some systems do not follow RFC and separate the path and query
    // string with a `;` character (code 59), e.g. `/foo;jsessionid=123456`.
    // Thus, we need to split on `;` as well as `?` and `#` if the useSemicolonDelimiter option is enabled.
    } else if (charCode === 63 || charCode === 35 || (charCode === 59 && useSemicolonDelimiter)) {
      querystring = path.slice(i + 1)
      pathEnd = i
      break
    }
  }

  // Rebuild the path exactly once when a %25 must be re-encoded. Rebuilding the
  // whole string on every occurrence (reencodePercentChar) was O(n^2): a request
  // target made of thousands of %25 sequences burned CPU before routing. A
  // single-pass rebuild keeps the cost linear in the path length.
  let decodedPath
  if (percentIndexes === null) {
    decodedPath = pathEnd === -1 ? path : path.slice(0, pathEnd)
  } else {
    const parts = []
    let last = 0
    for (const index of percentIndexes) {
      parts.push(path.slice(last, index), '%2525')
      last = index + 3
    }
    parts.push(path.slice(last, pathEnd === -1 ? path.length : pathEnd))
    decodedPath = parts.join('')
  }

  if (shouldDecode) decodedPath = decodeURI(decodedPath)
  return { path: decodedPath, querystring, shouldDecodeParam }
}

function safeDecodeURIComponent (uriComponent) {
  const startIndex = uriComponent.indexOf('%')
  if (startIndex === -1) return uriComponent

  let decoded = ''
  let lastIndex = startIndex

  for (let i = startIndex; i < uriComponent.length; i++) {
    if (uriComponent.charCodeAt(i) === 37) {
      const highCharCode = uriComponent.charCodeAt(i + 1)
      const lowCharCode = uriComponent.charCodeAt(i + 2)

      const decodedChar = decodeComponentChar(highCharCode, lowCharCode)
      decoded += uriComponent.slice(lastIndex, i) + decodedChar

      lastIndex = i + 3
    }
  }
  return uriComponent.slice(0, startIndex) + decoded + uriComponent.slice(lastIndex)
}

module.exports = { safeDecodeURI, safeDecodeURIComponent, safeDecodeURINativeScan, safeDecodeURICharScan, MIN_NATIVE_SCAN_LENGTH }


/***/ }),

/***/ 8640:
/***/ ((module, __unused_webpack_exports, __nccwpck_require__) => {



const parse = __nccwpck_require__(7888)
const { types } = __nccwpck_require__(7888)

/**
 * @param {*} node
 * @param {object} opts
 * @param {number} opts.reps - The number of repetitions encountered
 * @param {number} opts.limit - The maximum number of repetitions allowed
 * @param {number} starHeight - The current height of the star in the regex tree
 * @returns {boolean}
 */
function walk (node, opts, starHeight) {
  let i
  let ok
  let len

  if (node.type === types.REPETITION) {
    starHeight++
    opts.reps++
    if (starHeight > 1) return false
    if (opts.reps > opts.limit) return false
  }

  const options = node.options || node.value?.options
  if (options) {
    for (i = 0, len = options.length; i < len; i++) {
      ok = walk({ stack: options[i] }, opts, starHeight)
      if (!ok) return false
    }
  }
  const stack = node.stack || node.value?.stack
  if (!stack) return true

  for (i = 0, len = stack.length; i < len; i++) {
    ok = walk(stack[i], opts, starHeight)
    if (!ok) return false
  }

  return true
}

/**
 * @param {string|RegExp} re - The regular expression to check, can be a string or RegExp object
 * @param {object} [options]
 * @param {number} [options.limit=25] - The maximum number of repetitions allowed
 * @returns {boolean} - Returns true if the regex is safe, false if it is unsafe or invalid
 */
function safeRegex (re, options) {
  const opts = {
    reps: 0,
    limit: options?.limit ?? 25
  }

  if (isRegExp(re)) re = re.source
  else if (typeof re !== 'string') re = String(re)

  try {
    return walk(parse(re), opts, 0)
  } catch {
    return false
  }
}

/**
 * @param {*} x
 * @returns {x is RegExp}
 */
function isRegExp (x) {
  return Object.prototype.toString.call(x) === '[object RegExp]'
}

module.exports = safeRegex
module.exports["default"] = safeRegex
module.exports.safeRegex = safeRegex


/***/ }),

/***/ 3156:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   _: () => (/* binding */ end)
/* harmony export */ });
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(3024);
/* harmony import */ var _actions_core__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(2157);


async function end() {
    const url = (0,_actions_core__WEBPACK_IMPORTED_MODULE_1__/* .getState */ .Gu)('url');
    if (url === '')
        return;
    const credentialsFile = (0,_actions_core__WEBPACK_IMPORTED_MODULE_1__/* .getState */ .Gu)('credentialsFile');
    if (credentialsFile !== '')
        (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.rmSync)(credentialsFile, { force: true });
    const failIfLeft = (0,_actions_core__WEBPACK_IMPORTED_MODULE_1__/* .getState */ .Gu)('failIfLeft') === 'true';
    const held = await ask(url).catch(() => undefined);
    if (held === undefined) {
        const tell = failIfLeft ? _actions_core__WEBPACK_IMPORTED_MODULE_1__/* .setFailed */ .C1 : _actions_core__WEBPACK_IMPORTED_MODULE_1__/* .warning */ .$e;
        return tell('The emulator does not answer; it ended before this step');
    }
    (0,_actions_core__WEBPACK_IMPORTED_MODULE_1__/* .info */ .pq)('The emulator was asked:');
    for (const line of requestLines(held.journal))
        (0,_actions_core__WEBPACK_IMPORTED_MODULE_1__/* .info */ .pq)(`  ${line}`);
    const left = leftOn(held.snapshot);
    const tell = failIfLeft ? _actions_core__WEBPACK_IMPORTED_MODULE_1__/* .setFailed */ .C1 : _actions_core__WEBPACK_IMPORTED_MODULE_1__/* .info */ .pq;
    if (left.length === 0)
        (0,_actions_core__WEBPACK_IMPORTED_MODULE_1__/* .info */ .pq)('Nothing is left on the emulator');
    else
        tell(`Left on the emulator: ${left.join(', ')}`);
    await fetch(`${url}/_emulator/close`, { method: 'POST' });
}
async function ask(url) {
    const read = async (what) => (await fetch(`${url}/_emulator/${what}`)).json();
    return { journal: await read('journal'), snapshot: await read('snapshot') };
}
function requestLines(journal) {
    const kinds = Map.groupBy(journal, ({ method, path, status, fault }) => {
        const kind = path.replaceAll(/\b([a-z]+)[_-]01\w+/g, '{$1}');
        return `${method} ${kind}: ${status ?? 'no answer'}${fault === undefined ? '' : ` (fault: ${fault})`}`;
    });
    return [...kinds].map(([kind, entries]) => `${String(entries.length).padStart(4)} \u00d7 ${kind}`);
}
function leftOn({ sessions, files }) {
    const uploads = files.filter(({ origin }) => origin === 'upload');
    return [
        ...sessions.map(({ id, status }) => `session ${id} (${status})`),
        ...uploads.map(({ id, filename }) => `upload ${id} (${filename})`),
    ];
}


/***/ }),

/***/ 875:
/***/ ((__webpack_module__, __unused_webpack___webpack_exports__, __nccwpck_require__) => {

__nccwpck_require__.a(__webpack_module__, async (__webpack_handle_async_dependencies__, __webpack_async_result__) => { try {
/* harmony import */ var _actions_core__WEBPACK_IMPORTED_MODULE_3__ = __nccwpck_require__(2157);
/* harmony import */ var _end_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(3156);
/* harmony import */ var _serve_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(1758);
/* harmony import */ var _start_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(5216);




function run() {
    if (process.send !== undefined)
        return (0,_serve_js__WEBPACK_IMPORTED_MODULE_1__/* .serve */ .w)();
    if ((0,_actions_core__WEBPACK_IMPORTED_MODULE_3__/* .getState */ .Gu)('isPost') !== '')
        return (0,_end_js__WEBPACK_IMPORTED_MODULE_0__/* .end */ ._)();
    (0,_actions_core__WEBPACK_IMPORTED_MODULE_3__/* .saveState */ .LZ)('isPost', true);
    return (0,_start_js__WEBPACK_IMPORTED_MODULE_2__/* .start */ .n)();
}
await run().catch((error) => (0,_actions_core__WEBPACK_IMPORTED_MODULE_3__/* .setFailed */ .C1)(error instanceof Error ? error.message : String(error)));

__webpack_async_result__();
} catch(e) { __webpack_async_result__(e); } }, 1);

/***/ }),

/***/ 1758:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   w: () => (/* binding */ serve)
/* harmony export */ });
/* harmony import */ var node_events__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(8474);
/* harmony import */ var _emulator_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(8773);


async function serve() {
    const [options] = await (0,node_events__WEBPACK_IMPORTED_MODULE_0__.once)(process, 'message');
    const tell = (ready) => void process.send?.(ready);
    await (0,_emulator_js__WEBPACK_IMPORTED_MODULE_1__/* .startEmulator */ .sJ)(options).then(({ url, variables, credentialsFile }) => tell({ url, variables, credentialsFile }), (error) => tell({ error: String(error) }));
}


/***/ }),

/***/ 5216:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  n: () => (/* binding */ start)
});

;// CONCATENATED MODULE: external "node:child_process"
const external_node_child_process_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:child_process");
// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __nccwpck_require__(7598);
// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __nccwpck_require__(3024);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __nccwpck_require__(6760);
// EXTERNAL MODULE: ./node_modules/@actions/core/lib/core.js + 7 modules
var core = __nccwpck_require__(2157);
// EXTERNAL MODULE: ./emulator/emulator.js + 79 modules
var emulator = __nccwpck_require__(8773);
// EXTERNAL MODULE: ./emulator/agent/agent-script.js
var agent_script = __nccwpck_require__(4769);
// EXTERNAL MODULE: ./emulator/http/problem.js
var problem = __nccwpck_require__(7896);
;// CONCATENATED MODULE: ./emulator/faults/deviation.js

const DEVIATIONS = {
    addAnswers201: 'adding a resource answers 201 (openma-ai/open-managed-agents)',
    createAnswers201: 'creating a session answers 201 (openma-ai/open-managed-agents)',
    dashedIds: 'ids read file-\u2026 and not file_\u2026 (sudalk/open-managed-agents)',
    noUpdatedAt: 'no object has updated_at (openma-ai/open-managed-agents)',
    noNextPage: 'no list has next_page (openma-ai/open-managed-agents)',
    resourceDeleted: 'deleting a resource answers with the type resource_deleted (openma-ai/open-managed-agents)',
    emptyResources: 'resources of a session are empty on retrieve and in lists (openma-ai/open-managed-agents)',
    ignoresOrder: 'lists come in their default order, whatever order says (openma-ai/open-managed-agents)',
    eventsAnswer202: 'sending events answers 202 without a body (openma-ai/open-managed-agents)',
    dropsMetadata: 'metadata given at creation are not kept (openma-ai/open-managed-agents)',
    ignoresIds: 'the filter ids of files is ignored (sudalk/open-managed-agents)',
    skipsUnknownFiles: 'files that are not there are left out of a new session (openma-ai/open-managed-agents)',
    plainScope: 'a file has scope_id in place of scope (sudalk/open-managed-agents)',
    plainErrors: 'refusals are plain text (open-ma/open-managed-agents, as its framework does by itself)',
    noRetryAfter: 'a 429 does not say when to come back (sudalk/open-managed-agents)',
    noWorkspaceId: 'no reply names its workspace (openma-ai/open-managed-agents)',
    conflictOnConcurrentAdds: 'likely: an add that meets another one on the same session gets 409',
    shortUploads: 'likely: the reply to an upload says that a byte less was stored than was sent',
    noFilenames: 'likely: no file has a filename',
    unnamedFiles: 'likely: the filename of every file is unnamed',
    noScopeFilter: 'likely: scope_id is ignored, and no file has a scope',
    scopeRefused: 'likely: scope_id is refused',
    lateLists: 'likely: lists show a file, session or resource only 800 ms after it was made',
    veryLateLists: 'likely: lists show a file, session or resource only five seconds after it was made',
};
function decodeDeviations(names) {
    const unknown = names.find((name) => !Object.hasOwn(DEVIATIONS, name));
    if (unknown !== undefined)
        throw (0,problem/* invalid */.Gq)(`"${unknown}" is none of ${Object.keys(DEVIATIONS).join(', ')}`);
    return Object.fromEntries(names.map((name) => [name, true]));
}

// EXTERNAL MODULE: ./emulator/faults/fault.js
var fault = __nccwpck_require__(9818);
// EXTERNAL MODULE: ./emulator/platforms/platform.js
var platform = __nccwpck_require__(4310);
;// CONCATENATED MODULE: ./emulator/action/inputs.js





function readInputs(input) {
    const options = {
        agentScript: readAgent(input),
        faults: readJson(input, 'faults', fault/* decodeFaults */.a),
        lenient: readAs('deviations', () => decodeDeviations(linesOf(input('deviations')))),
        platform: readWord(input, 'platform', platform/* PLATFORMS */.P4),
        apiKey: input('api-key') || undefined,
    };
    return { options, failIfLeft: readWord(input, 'fail-if-left', ['true', 'false']) === 'true' };
}
function readAgent(input) {
    const script = readJson(input, 'agent-script', agent_script/* decodeAgentScript */.z);
    if (readWord(input, 'agent', ['echo', 'silent']) === 'echo')
        return script;
    if (script !== undefined)
        throw new Error('agent-script: has no effect with `agent: silent`; remove one of the two');
    return 'silent';
}
function readWord(input, name, allowed) {
    const text = input(name);
    const found = allowed.find((one) => one === text);
    if (found === undefined)
        throw new Error(`${name}: must be ${allowed.join(' or ')}, not ${JSON.stringify(text)}`);
    return found;
}
function readJson(input, name, decode) {
    const text = input(name);
    if (text === '')
        return undefined;
    return readAs(name, () => decode(JSON.parse(/^[[{]/.test(text) ? text : readText(text))));
}
function readText(path) {
    try {
        return (0,external_node_fs_.readFileSync)(path, 'utf8');
    }
    catch {
        throw new Error(`"${path}" is neither JSON nor a file that can be read`);
    }
}
const linesOf = (text) => text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
function readAs(name, read) {
    try {
        return read();
    }
    catch (error) {
        throw new Error(`${name}: ${error instanceof Error ? error.message : String(error)}`);
    }
}

;// CONCATENATED MODULE: ./emulator/action/start.js







async function start() {
    const { options, failIfLeft } = readInputs(core/* getInput */.V4);
    const apiKey = options.apiKey ?? `sk-ant-emulator-${(0,external_node_crypto_.randomBytes)(16).toString('hex')}`;
    (0,core/* setSecret */.Pq)(apiKey);
    (0,core/* saveState */.LZ)('failIfLeft', failIfLeft);
    const { url, variables, credentialsFile } = await launch({ ...options, apiKey });
    (0,core/* saveState */.LZ)('url', url);
    for (const [name, value] of Object.entries(variables)) {
        if (/SECRET|SESSION_TOKEN/.test(name))
            (0,core/* setSecret */.Pq)(value);
        (0,core/* exportVariable */.dN)(name, value);
    }
    if (credentialsFile !== undefined)
        exportCredentials(credentialsFile);
    const ids = { 'agent-id': emulator/* SEED_AGENT */.iv, 'environment-id': emulator/* SEED_ENVIRONMENT */.cC, 'vault-id': emulator/* SEED_VAULT */.Zv };
    for (const [name, value] of Object.entries({ url, 'api-key': apiKey, ...ids }))
        (0,core/* setOutput */.uH)(name, value);
    (0,core/* info */.pq)(`The emulator listens on ${url}. It knows the agent ${emulator/* SEED_AGENT */.iv} and the environment ${emulator/* SEED_ENVIRONMENT */.cC}.`);
}
function exportCredentials(credentials) {
    const path = (0,external_node_path_.join)(process.env.GITHUB_WORKSPACE ?? '', `gha-creds-${(0,external_node_crypto_.randomBytes)(8).toString('hex')}.json`);
    (0,external_node_fs_.writeFileSync)(path, JSON.stringify(credentials), { mode: 0o600 });
    (0,core/* saveState */.LZ)('credentialsFile', path);
    (0,core/* exportVariable */.dN)('GOOGLE_APPLICATION_CREDENTIALS', path);
}
async function launch(options) {
    const server = (0,external_node_child_process_namespaceObject.fork)(process.argv[1] ?? '', { detached: true, stdio: ['ignore', 'ignore', 'ignore', 'ipc'] });
    server.send(options);
    const ready = await readyOf(server);
    server.disconnect();
    server.unref();
    if ('error' in ready)
        throw new Error(`The emulator could not be started: ${ready.error}`);
    return ready;
}
function readyOf(server) {
    return new Promise((resolve) => {
        server.once('message', (ready) => resolve(ready));
        server.once('error', ({ message }) => resolve({ error: message }));
        server.once('exit', (code, signal) => resolve({ error: `its process ended with ${code ?? signal}` }));
    });
}


/***/ }),

/***/ 4769:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   q: () => (/* binding */ ECHO),
/* harmony export */   z: () => (/* binding */ decodeAgentScript)
/* harmony export */ });
/* harmony import */ var valibot__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(5495);
/* harmony import */ var _src_text_json_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(8071);
/* harmony import */ var _http_schema_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(5588);



const MAX_ACTS = 100_000;
const MAX_TEXT = 32 * 1024 * 1024;
const name = (0,_http_schema_js__WEBPACK_IMPORTED_MODULE_1__/* .text */ .Qq)(256);
const ms = (0,_http_schema_js__WEBPACK_IMPORTED_MODULE_1__/* .wholeNumber */ .rD)(0, 3_600_000);
const input = valibot__WEBPACK_IMPORTED_MODULE_2__/* .optional */ .lq(_src_text_json_js__WEBPACK_IMPORTED_MODULE_0__/* .jsonObject */ .o$);
const STOP_REASONS = ['end_turn', 'retries_exhausted', 'budget_reached', 'refusal'];
const ERRORS = [
    'unknown_error',
    'model_overloaded_error',
    'model_rate_limited_error',
    'model_request_failed_error',
    'mcp_connection_failed_error',
    'mcp_authentication_failed_error',
    'billing_error',
    'credential_host_unreachable_error',
    'tool_use_limit_reached_error',
    'compaction_limit_reached_error',
    'repository_authentication_error',
    'repository_forbidden_error',
    'repository_not_found_error',
    'repository_checkout_error',
    'repository_clone_error',
];
const askedTool = (0,_http_schema_js__WEBPACK_IMPORTED_MODULE_1__/* .object */ .Ik)({ name, server: (0,_http_schema_js__WEBPACK_IMPORTED_MODULE_1__/* .optional */ .lq)(name), input, isCustom: (0,_http_schema_js__WEBPACK_IMPORTED_MODULE_1__/* .optional */ .lq)(valibot__WEBPACK_IMPORTED_MODULE_2__/* .boolean */ .zM()) });
const EVENT_ACTS = [
    valibot__WEBPACK_IMPORTED_MODULE_2__/* .strictObject */ .re({ act: valibot__WEBPACK_IMPORTED_MODULE_2__/* .literal */ .eu('message'), text: (0,_http_schema_js__WEBPACK_IMPORTED_MODULE_1__/* .text */ .Qq)(MAX_TEXT) }),
    valibot__WEBPACK_IMPORTED_MODULE_2__/* .strictObject */ .re({ act: valibot__WEBPACK_IMPORTED_MODULE_2__/* .literal */ .eu('thinking') }),
    valibot__WEBPACK_IMPORTED_MODULE_2__/* .strictObject */ .re({ act: valibot__WEBPACK_IMPORTED_MODULE_2__/* .literal */ .eu('tool-use'), name, input }),
    valibot__WEBPACK_IMPORTED_MODULE_2__/* .strictObject */ .re({ act: valibot__WEBPACK_IMPORTED_MODULE_2__/* .literal */ .eu('mcp-tool-use'), server: name, name, input }),
    valibot__WEBPACK_IMPORTED_MODULE_2__/* .strictObject */ .re({ act: valibot__WEBPACK_IMPORTED_MODULE_2__/* .literal */ .eu('tool-result'), text: (0,_http_schema_js__WEBPACK_IMPORTED_MODULE_1__/* .optional */ .lq)((0,_http_schema_js__WEBPACK_IMPORTED_MODULE_1__/* .text */ .Qq)(MAX_TEXT, 0)), isError: (0,_http_schema_js__WEBPACK_IMPORTED_MODULE_1__/* .optional */ .lq)(valibot__WEBPACK_IMPORTED_MODULE_2__/* .boolean */ .zM()) }),
    valibot__WEBPACK_IMPORTED_MODULE_2__/* .strictObject */ .re({
        act: valibot__WEBPACK_IMPORTED_MODULE_2__/* .literal */ .eu('error'),
        type: valibot__WEBPACK_IMPORTED_MODULE_2__/* .picklist */ .KI(ERRORS),
        message: (0,_http_schema_js__WEBPACK_IMPORTED_MODULE_1__/* .text */ .Qq)(MAX_TEXT, 0),
        retryStatus: (0,_http_schema_js__WEBPACK_IMPORTED_MODULE_1__/* .optional */ .lq)(valibot__WEBPACK_IMPORTED_MODULE_2__/* .picklist */ .KI(['retrying', 'exhausted', 'terminal'])),
        repositoryUrl: (0,_http_schema_js__WEBPACK_IMPORTED_MODULE_1__/* .optional */ .lq)((0,_http_schema_js__WEBPACK_IMPORTED_MODULE_1__/* .text */ .Qq)(2048)),
    }),
    valibot__WEBPACK_IMPORTED_MODULE_2__/* .strictObject */ .re({ act: valibot__WEBPACK_IMPORTED_MODULE_2__/* .literal */ .eu('event'), event: valibot__WEBPACK_IMPORTED_MODULE_2__/* .pipe */ .Fs(_src_text_json_js__WEBPACK_IMPORTED_MODULE_0__/* .jsonObject */ .o$, valibot__WEBPACK_IMPORTED_MODULE_2__/* .looseObject */ ._H({ type: name })) }),
];
const act = valibot__WEBPACK_IMPORTED_MODULE_2__/* .variant */ .Ox('act', [
    ...EVENT_ACTS,
    valibot__WEBPACK_IMPORTED_MODULE_2__/* .strictObject */ .re({ act: valibot__WEBPACK_IMPORTED_MODULE_2__/* .literal */ .eu('wait'), ms }),
    valibot__WEBPACK_IMPORTED_MODULE_2__/* .pipe */ .Fs(valibot__WEBPACK_IMPORTED_MODULE_2__/* .strictObject */ .re({
        act: valibot__WEBPACK_IMPORTED_MODULE_2__/* .literal */ .eu('output-file'),
        filename: (0,_http_schema_js__WEBPACK_IMPORTED_MODULE_1__/* .text */ .Qq)(4096),
        content: (0,_http_schema_js__WEBPACK_IMPORTED_MODULE_1__/* .optional */ .lq)((0,_http_schema_js__WEBPACK_IMPORTED_MODULE_1__/* .text */ .Qq)(MAX_TEXT, 0)),
        sizeBytes: (0,_http_schema_js__WEBPACK_IMPORTED_MODULE_1__/* .optional */ .lq)((0,_http_schema_js__WEBPACK_IMPORTED_MODULE_1__/* .wholeNumber */ .rD)(0, 10_000_000_000)),
        indexingLagMs: (0,_http_schema_js__WEBPACK_IMPORTED_MODULE_1__/* .optional */ .lq)(ms),
    }), valibot__WEBPACK_IMPORTED_MODULE_2__/* .forward */ .sY(valibot__WEBPACK_IMPORTED_MODULE_2__/* .check */ .z6(({ content, sizeBytes }) => (content === undefined) !== (sizeBytes === undefined), 'either content or sizeBytes is expected'), ['content'])),
    valibot__WEBPACK_IMPORTED_MODULE_2__/* .strictObject */ .re({ act: valibot__WEBPACK_IMPORTED_MODULE_2__/* .literal */ .eu('spend'), cents: (0,_http_schema_js__WEBPACK_IMPORTED_MODULE_1__/* .wholeNumber */ .rD)(1, 1_000_000_000) }),
    valibot__WEBPACK_IMPORTED_MODULE_2__/* .strictObject */ .re({
        act: valibot__WEBPACK_IMPORTED_MODULE_2__/* .literal */ .eu('evaluate'),
        result: valibot__WEBPACK_IMPORTED_MODULE_2__/* .picklist */ .KI(['satisfied', 'needs_revision', 'failed']),
        explanation: (0,_http_schema_js__WEBPACK_IMPORTED_MODULE_1__/* .optional */ .lq)((0,_http_schema_js__WEBPACK_IMPORTED_MODULE_1__/* .text */ .Qq)(MAX_TEXT)),
    }),
    valibot__WEBPACK_IMPORTED_MODULE_2__/* .strictObject */ .re({
        act: valibot__WEBPACK_IMPORTED_MODULE_2__/* .literal */ .eu('ask'),
        tools: valibot__WEBPACK_IMPORTED_MODULE_2__/* .optional */ .lq((0,_http_schema_js__WEBPACK_IMPORTED_MODULE_1__/* .list */ .p_)(askedTool, MAX_ACTS), []),
        thread: (0,_http_schema_js__WEBPACK_IMPORTED_MODULE_1__/* .optional */ .lq)(name),
    }),
    valibot__WEBPACK_IMPORTED_MODULE_2__/* .strictObject */ .re({
        act: valibot__WEBPACK_IMPORTED_MODULE_2__/* .literal */ .eu('thread'),
        name,
        does: valibot__WEBPACK_IMPORTED_MODULE_2__/* .picklist */ .KI(['begins', 'says', 'ends']),
        text: (0,_http_schema_js__WEBPACK_IMPORTED_MODULE_1__/* .optional */ .lq)((0,_http_schema_js__WEBPACK_IMPORTED_MODULE_1__/* .text */ .Qq)(MAX_TEXT)),
    }),
    valibot__WEBPACK_IMPORTED_MODULE_2__/* .strictObject */ .re({
        act: valibot__WEBPACK_IMPORTED_MODULE_2__/* .literal */ .eu('requires-action'),
        kind: valibot__WEBPACK_IMPORTED_MODULE_2__/* .picklist */ .KI(['custom-tool', 'confirmation']),
        name: (0,_http_schema_js__WEBPACK_IMPORTED_MODULE_1__/* .optional */ .lq)(name),
        input,
    }),
    valibot__WEBPACK_IMPORTED_MODULE_2__/* .strictObject */ .re({ act: valibot__WEBPACK_IMPORTED_MODULE_2__/* .literal */ .eu('idle'), stopReason: (0,_http_schema_js__WEBPACK_IMPORTED_MODULE_1__/* .optional */ .lq)(valibot__WEBPACK_IMPORTED_MODULE_2__/* .picklist */ .KI(STOP_REASONS)) }),
    valibot__WEBPACK_IMPORTED_MODULE_2__/* .strictObject */ .re({ act: valibot__WEBPACK_IMPORTED_MODULE_2__/* .literal */ .eu('idle-event-before-status'), ms }),
    valibot__WEBPACK_IMPORTED_MODULE_2__/* .strictObject */ .re({ act: valibot__WEBPACK_IMPORTED_MODULE_2__/* .literal */ .eu('flap'), ms }),
    valibot__WEBPACK_IMPORTED_MODULE_2__/* .strictObject */ .re({ act: valibot__WEBPACK_IMPORTED_MODULE_2__/* .picklist */ .KI(['running', 'rescheduling', 'terminated']) }),
    valibot__WEBPACK_IMPORTED_MODULE_2__/* .strictObject */ .re({ act: valibot__WEBPACK_IMPORTED_MODULE_2__/* .picklist */ .KI(['drop-streams', 'end-streams', 'duplicate-last']) }),
]);
const turn = (0,_http_schema_js__WEBPACK_IMPORTED_MODULE_1__/* .list */ .p_)(act, MAX_ACTS);
const SCRIPT = (0,_http_schema_js__WEBPACK_IMPORTED_MODULE_1__/* .object */ .Ik)({
    turns: (0,_http_schema_js__WEBPACK_IMPORTED_MODULE_1__/* .someOf */ .yU)(turn, 1000, 'turn'),
    interruptLagMs: (0,_http_schema_js__WEBPACK_IMPORTED_MODULE_1__/* .optional */ .lq)(ms),
});
const decodeAgentScript = (value) => Array.isArray(value) ? { turns: [(0,_http_schema_js__WEBPACK_IMPORTED_MODULE_1__/* .decode */ .D4)(turn, value, 'acts')] } : (0,_http_schema_js__WEBPACK_IMPORTED_MODULE_1__/* .decode */ .D4)(SCRIPT, value);
const ECHO = {
    turns: [
        [
            { act: 'message', text: 'I was told: {{prompt}}\nMounted: {{mounted}}' },
            { act: 'evaluate', result: 'satisfied' },
            { act: 'idle' },
        ],
    ],
};


/***/ }),

/***/ 8773:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  iv: () => (/* binding */ SEED_AGENT),
  cC: () => (/* binding */ SEED_ENVIRONMENT),
  Zv: () => (/* binding */ SEED_VAULT),
  sJ: () => (/* binding */ startEmulator)
});

// UNUSED EXPORTS: DEFAULT_API_KEY, FEDERATION

;// CONCATENATED MODULE: external "node:http"
const external_node_http_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:http");
// EXTERNAL MODULE: ./node_modules/valibot/dist/index.mjs
var dist = __nccwpck_require__(5495);
;// CONCATENATED MODULE: ./emulator/http/call.js
class Download {
    body;
    contentType;
    constructor(body, contentType) {
        this.body = body;
        this.contentType = contentType;
    }
}
const MANAGED_AGENTS_BETA = 'managed-agents-2026-04-01';
const FILES_BETA = 'files-api-2025-04-14';
const MEMORY_BETA = 'agent-memory-2026-07-22';
const OAUTH_BETA = 'oauth-2025-04-20';
const FEDERATION_BETA = 'oidc-federation-2026-04-01';
const param = (call, name) => call.params[name] ?? '';

// EXTERNAL MODULE: ./emulator/http/problem.js
var http_problem = __nccwpck_require__(7896);
// EXTERNAL MODULE: ./emulator/http/schema.js
var schema = __nccwpck_require__(5588);
;// CONCATENATED MODULE: ./emulator/http/query.js


function splitTarget(target = '/') {
    const [path = '', ...rest] = target.split('?');
    return { path, search: rest.join('?') };
}
const parametersOf = (query) => Object.fromEntries([...new Set(query.keys())].map((name) => [name, query.getAll(name)]));
function decodeQuery(entries, query) {
    const given = Object.entries(parametersOf(query)).map(([name, values]) => [
        name,
        name.endsWith('[]') ? values : values[0] || undefined,
    ]);
    return (0,schema/* decode */.D4)(dist/* object */.Ik(entries), Object.fromEntries(given));
}
const word = dist/* optional */.lq(dist/* string */.Yj());
const words = dist/* optional */.lq(dist/* array */.YO(dist/* string */.Yj()), []);
const flag = dist/* optional */.lq(dist/* pipe */.Fs(dist/* string */.Yj(), dist/* transform */.pd((text) => text === 'true')), 'false');
const order = dist/* picklist */.KI(['asc', 'desc'], 'Input should be one of asc, desc');
function digits(min, max) {
    const message = `Input should be an integer between ${min} and ${max}`;
    return dist/* pipe */.Fs(dist/* string */.Yj(), dist/* regex */.yG(/^-?\d+$/, message), dist/* transform */.pd(Number), dist/* minValue */.Ww(min, message), dist/* maxValue */.cG(max, message));
}
const time = dist/* optional */.lq(dist/* pipe */.Fs(dist/* string */.Yj(), dist/* transform */.pd(Date.parse), dist/* check */.z6((value) => !Number.isNaN(value), 'Input should be a time in RFC 3339')));
const range = {
    'created_at[gt]': time,
    'created_at[gte]': time,
    'created_at[lt]': time,
    'created_at[lte]': time,
};
function isWithin(given, at) {
    const { 'created_at[gt]': gt = -Infinity, 'created_at[gte]': gte = -Infinity } = given;
    const { 'created_at[lt]': lt = Infinity, 'created_at[lte]': lte = Infinity } = given;
    return at > gt && at >= gte && at < lt && at <= lte;
}

;// CONCATENATED MODULE: ./emulator/http/page.js



const limit = (0,dist/* optional */.lq)(digits(1, 1000));
const cursorAt = (item, side, order) => item === undefined ? null : `page_${Buffer.from(`${side}:${item.seq}:${order}`).toString('base64url')}`;
function decodeCursor(text, order) {
    const plain = text.startsWith('page_') ? Buffer.from(text.slice(5), 'base64url').toString() : '';
    const [, side, seq, made] = /^(after|before):(\d+):(asc|desc)$/.exec(plain) ?? [];
    if (seq === undefined)
        throw (0,http_problem/* invalid */.Gq)('page: not a cursor of this list');
    if (made !== order)
        throw (0,http_problem/* invalid */.Gq)('page: the cursor was made with another order');
    return { side: side === 'before' ? 'before' : 'after', seq: Number(seq) };
}
function paginate(items, query, { order, size = Number.POSITIVE_INFINITY }) {
    const { limit: asked = size, page } = decodeQuery({ limit, page: word }, query);
    const cursor = page === undefined ? undefined : decodeCursor(page, order);
    const isBefore = cursor?.side === 'before';
    const ordered = order === 'asc' ? items : items.toReversed();
    const isLeftOf = ({ seq }, mark) => (order === 'asc' ? seq < mark : seq > mark);
    const isPassed = (item, mark) => isLeftOf(item, mark) || (!isBefore && item.seq === mark);
    const place = cursor === undefined ? 0 : ordered.filter((item) => isPassed(item, cursor.seq)).length;
    const start = isBefore ? Math.max(0, place - asked) : place;
    const end = isBefore ? place : place + asked;
    return {
        items: ordered.slice(start, end),
        next: end < ordered.length ? cursorAt(ordered[end - 1], 'after', order) : null,
        previous: start > 0 ? cursorAt(ordered[start], 'before', order) : null,
    };
}
function paginateAll(items, query) {
    const numbered = items.map((item, seq) => ({ seq, item }));
    const { items: shown, next } = paginate(numbered, query, { order: 'desc', size: 20 });
    return { data: shown.map(({ item }) => item), next_page: next };
}

;// CONCATENATED MODULE: ./emulator/agent/agent.js






function addAgent(world, seed) {
    const now = world.timestamp();
    const agent = {
        id: seed.id,
        type: 'agent',
        name: seed.name ?? seed.id,
        description: null,
        version: seed.version ?? 1,
        model: { id: 'claude-sonnet-5', speed: 'standard' },
        system: null,
        tools: [],
        mcp_servers: [],
        skills: [],
        multiagent: null,
        execution_identity: { type: 'service_account' },
        metadata: {},
        created_at: now,
        updated_at: now,
        archived_at: seed.archived === true ? now : null,
    };
    world.agents.set(agent.id, agent);
    return agent;
}
const retrieveAgent = (world, call) => findAgent(world, param(call, 'agent'));
const listAgents = (world, { query }) => {
    const wanted = decodeQuery({ include_archived: flag, ...range }, query);
    const agents = [...world.agents.values()].filter(({ archived_at, created_at }) => (wanted.include_archived || archived_at === null) && isWithin(wanted, Date.parse(created_at)));
    return paginateAll(agents, query);
};
function findAgent(world, id) {
    const agent = world.agents.get(id);
    if (agent === undefined)
        throw (0,http_problem/* missing */.LO)(`Agent not found: ${id}`);
    return agent;
}
const REFERENCE = { id: schema.id, version: (0,schema/* optional */.lq)((0,schema/* wholeNumber */.rD)(1, Number.MAX_SAFE_INTEGER)) };
const unread = dist/* optional */.lq(dist/* unknown */.L5());
const FORMS = dist/* variant */.Ox('type', [
    dist/* strictObject */.re({ type: dist/* literal */.eu('agent'), ...REFERENCE }),
    dist/* strictObject */.re({
        type: dist/* literal */.eu('agent_with_overrides'),
        ...REFERENCE,
        model: unread,
        tools: unread,
        mcp_servers: unread,
        skills: unread,
        system: (0,schema/* optional */.lq)((0,schema/* text */.Qq)(1_000_000, 0)),
    }),
]);
const agentReference = dist/* lazy */.RZ((sent) => (typeof sent === 'string' ? dist/* string */.Yj() : FORMS));
function sessionAgentOf(world, sent) {
    if (typeof sent === 'string')
        return snapshot(world, sent, undefined);
    const agent = snapshot(world, sent.id, sent.version);
    const system = sent.type === 'agent' ? undefined : sent.system;
    return system === undefined ? agent : { ...agent, system };
}
function snapshot(world, id, version) {
    const agent = findAgent(world, id);
    if (agent.archived_at !== null)
        throw (0,http_problem/* invalid */.Gq)(`Agent ${id} is archived`);
    if (version !== undefined && version > agent.version)
        throw (0,http_problem/* missing */.LO)(`Agent ${id} has no version ${version}`);
    const { name, description, model, system, tools, mcp_servers, skills, execution_identity } = agent;
    const copied = { name, description, model, system, tools, mcp_servers, skills, execution_identity };
    return { id, type: 'agent', version: version ?? agent.version, multiagent: null, ...copied };
}

// EXTERNAL MODULE: ./emulator/agent/agent-script.js
var agent_script = __nccwpck_require__(4769);
// EXTERNAL MODULE: ./emulator/faults/fault.js
var fault = __nccwpck_require__(9818);
;// CONCATENATED MODULE: ./emulator/files/files.js


const REMEMBERED_MS = 30 * 24 * 3600 * 1000;
function addFile(world, file) {
    const record = { seq: world.nextSeq(), id: world.newId('file'), createdAt: world.now(), ...file };
    world.files.set(record.id, record);
    return record;
}
function copyFile(world, original, sessionId) {
    const { filename, mimeType, blob } = original;
    const scope = { type: 'session', id: sessionId };
    const kind = { origin: 'copy', copyOf: original.id, downloadable: false, expiresAt: null };
    return addFile(world, { filename, mimeType, blob, scope, ...kind });
}
function addOutput(world, sessionId, filename, blob) {
    const scope = { type: 'session', id: sessionId };
    const kind = { origin: 'output', copyOf: null, downloadable: true, expiresAt: null };
    return addFile(world, { filename, mimeType: mimeTypeOf(filename), blob, scope, ...kind });
}
const mimeTypeOf = (filename) => /\.(txt|md|log|csv|py|ts|js)$/i.test(filename) ? 'text/plain' : 'application/octet-stream';
const isExpired = (world, file) => file.expiresAt !== null && file.expiresAt <= world.now();
const isForgotten = (world, file) => file.expiresAt !== null && file.expiresAt + REMEMBERED_MS <= world.now();
function listedFiles(world) {
    return [...world.files.values()].filter((file) => !isForgotten(world, file));
}
function findFile(world, id) {
    const file = world.files.get(id);
    if (file === undefined || isForgotten(world, file))
        throw (0,http_problem/* missing */.LO)(`File not found: ${id}`);
    return file;
}
function findLiveFile(world, id) {
    const file = findFile(world, id);
    if (isExpired(world, file))
        throw (0,http_problem/* missing */.LO)(`File has expired: ${id}`, 'file_expired');
    return file;
}
function removeFile(world, id) {
    const file = world.files.get(id);
    if (file === undefined)
        return;
    world.files.delete(id);
    dropUnused(world, file.blob);
}
function dropUnused(world, { path }) {
    if (path === null || [...world.files.values()].some(({ blob }) => blob.path === path))
        return;
    world.settings.blobs.drop(path);
}
function fileMetadata(world, file, betas) {
    const isOld = betas.has(FILES_BETA);
    return {
        id: file.id,
        type: 'file',
        filename: file.filename,
        mime_type: file.mimeType,
        size_bytes: file.blob.sizeBytes,
        created_at: world.timestamp(file.createdAt),
        downloadable: file.downloadable,
        ...(isOld ? {} : { expires_at: file.expiresAt === null ? null : world.timestamp(file.expiresAt) }),
        ...(isOld || betas.has(MANAGED_AGENTS_BETA) ? { scope: file.scope } : {}),
    };
}

// EXTERNAL MODULE: external "node:stream"
var external_node_stream_ = __nccwpck_require__(7075);
;// CONCATENATED MODULE: external "node:stream/promises"
const promises_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:stream/promises");
;// CONCATENATED MODULE: ./emulator/files/generated.js
class Generated {
    sizeBytes;
    constructor(sizeBytes) {
        this.sizeBytes = sizeBytes;
    }
    *chunks(end = this.sizeBytes) {
        for (let offset = 0; offset < end; offset += CHUNK) {
            const chunk = Buffer.alloc(CHUNK, `${String(offset).padStart(15)}\n`);
            yield chunk.subarray(0, Math.min(CHUNK, end - offset));
        }
    }
}
const CHUNK = 64 * 1024;

;// CONCATENATED MODULE: ./emulator/http/answer.js





const JSON_TYPE = { 'content-type': 'application/json' };
function jsonAnswer(status, value, headers = {}) {
    return { status, headers: { ...JSON_TYPE, ...headers }, body: Buffer.from(JSON.stringify(value)) };
}
function resultAnswer(status, result) {
    if (!(result instanceof Download))
        return jsonAnswer(status, result);
    return { status, headers: { 'content-type': result.contentType }, body: result.body };
}
function problemAnswer(error, requestId) {
    const problem = error instanceof http_problem/* Problem */.AF ? error : new http_problem/* Problem */.AF(500, `Internal error: ${String(error)}`);
    return jsonAnswer(problem.status, problem.envelope(requestId), problem.headers());
}
const sizeOf = (body) => (body instanceof Generated ? body.sizeBytes : body.length);
const cutBody = (body, end) => body instanceof Generated ? body.chunks(end) : [body.subarray(0, end)];
function sendHead(response, { status, headers, body }) {
    response.writeHead(status, { ...headers, 'content-length': sizeOf(body) });
}
function send(response, answer) {
    const { body } = answer;
    sendHead(response, answer);
    if (body instanceof Generated)
        (0,promises_namespaceObject.pipeline)(external_node_stream_.Readable.from(body.chunks()), response).catch(() => { });
    else
        response.end(body);
}
function sendHalf(response, answer) {
    const half = external_node_stream_.Readable.from(cutBody(answer.body, Math.floor(sizeOf(answer.body) / 2)));
    sendHead(response, answer);
    (0,promises_namespaceObject.pipeline)(half, response, { end: false }).then(() => response.socket?.destroySoon(), () => { });
}

// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __nccwpck_require__(7598);
// EXTERNAL MODULE: external "node:events"
var external_node_events_ = __nccwpck_require__(8474);
// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __nccwpck_require__(3024);
;// CONCATENATED MODULE: external "node:os"
const external_node_os_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:os");
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __nccwpck_require__(6760);
;// CONCATENATED MODULE: ./emulator/http/blob.js







function blobOf(output) {
    if (typeof output !== 'string')
        return generatedBlob(output.sizeBytes);
    const content = Buffer.from(output);
    return { sizeBytes: content.length, sha256: digestOf([content]), path: null, content };
}
function generatedBlob(sizeBytes) {
    const content = new Generated(sizeBytes);
    let sha256;
    return {
        sizeBytes,
        get sha256() {
            sha256 ??= digestOf(content.chunks());
            return sha256;
        },
        path: null,
        content,
    };
}
function digestOf(chunks) {
    const hash = (0,external_node_crypto_.createHash)('sha256');
    for (const chunk of chunks)
        hash.update(chunk);
    return hash.digest('hex');
}
class BlobStore {
    #kind;
    #folder;
    constructor(kind) {
        this.#kind = kind;
    }
    async receive(stream) {
        const hash = (0,external_node_crypto_.createHash)('sha256');
        const path = this.#kind === 'disk' ? (0,external_node_path_.join)(this.#open(), (0,external_node_crypto_.randomUUID)()) : null;
        const file = path === null ? undefined : (0,external_node_fs_.createWriteStream)(path);
        let sizeBytes = 0;
        try {
            for await (const chunk of stream) {
                hash.update(chunk);
                sizeBytes += chunk.length;
                if (file?.write(chunk) === false)
                    await (0,external_node_events_.once)(file, 'drain');
            }
        }
        catch (error) {
            if (file !== undefined)
                await (0,external_node_events_.once)(file.destroy(), 'close');
            this.drop(path);
            throw error;
        }
        if (file !== undefined)
            await (0,promises_namespaceObject.finished)(file.end());
        return { sizeBytes, sha256: hash.digest('hex'), path, content: null };
    }
    drop(path) {
        if (path !== null)
            (0,external_node_fs_.rmSync)(path, { force: true });
    }
    clear() {
        if (this.#folder !== undefined)
            (0,external_node_fs_.rmSync)(this.#folder, { recursive: true, force: true });
        this.#folder = undefined;
    }
    #open() {
        this.#folder ??= (0,external_node_fs_.mkdtempSync)((0,external_node_path_.join)((0,external_node_os_namespaceObject.tmpdir)(), 'session-mount-emulator-'));
        return this.#folder;
    }
}

;// CONCATENATED MODULE: ./emulator/http/json-body.js

const MAX_BYTES = 32 * 1024 * 1024;
async function readBody(body) {
    const chunks = [];
    let size = 0;
    for await (const chunk of body) {
        size += chunk.length;
        if (size <= MAX_BYTES)
            chunks.push(chunk);
        else
            chunks.length = 0;
    }
    if (size > MAX_BYTES)
        throw new http_problem/* Problem */.AF(413, 'Request body is larger than 32 MB');
    return Buffer.concat(chunks);
}
const readJson = async (body) => parseJson(await readBody(body));
function parseJson(bytes) {
    try {
        return JSON.parse(bytes.toString());
    }
    catch {
        throw (0,http_problem/* invalid */.Gq)('The request body is not valid JSON');
    }
}

;// CONCATENATED MODULE: ./emulator/events/events.js
const eventHead = (world) => ({ id: world.newId('sevt'), processed_at: world.timestamp() });
function recordEvent(world, event) {
    return { seq: world.nextSeq(), at: world.now(), event };
}
function statusEvent(world, status) {
    const head = eventHead(world);
    switch (status) {
        case 'idle':
            return recordEvent(world, {
                ...head,
                type: 'session.status_idle',
                stop_reason: { type: 'end_turn' },
                stop_details: null,
            });
        case 'running':
            return recordEvent(world, { ...head, type: 'session.status_running' });
        case 'rescheduling':
            return recordEvent(world, { ...head, type: 'session.status_rescheduled' });
        case 'terminated':
            return recordEvent(world, { ...head, type: 'session.status_terminated' });
    }
}

;// CONCATENATED MODULE: ./emulator/sessions/session.js


function sessionObject({ facts, resources }) {
    return { ...facts, resources: resources.map(({ resource }) => resource) };
}
function findSession(world, id) {
    const session = world.sessions.get(id);
    if (session === undefined)
        throw (0,http_problem/* missing */.LO)(`Session not found: ${id}`);
    return session;
}
function findOpenSession(world, id) {
    const session = findSession(world, id);
    if (session.facts.archived_at !== null)
        throw (0,http_problem/* invalid */.Gq)(`Session ${id} is archived`);
    if (session.facts.status === 'terminated')
        throw (0,http_problem/* invalid */.Gq)(`Session ${id} is terminated`);
    return session;
}
function replaceSession(world, session) {
    const replaced = { ...session, facts: { ...session.facts, updated_at: world.timestamp() } };
    const { id } = session.facts;
    const told = world.sessions.get(id)?.events.length ?? 0;
    world.sessions.set(id, replaced);
    for (const { event } of session.events.slice(told))
        world.streams.publish(id, event);
    return replaced;
}
function withStatus(world, session, status) {
    if (session.facts.status === status)
        return session;
    const event = statusEvent(world, status);
    return { ...session, facts: { ...session.facts, status }, events: [...session.events, event] };
}

;// CONCATENATED MODULE: ./emulator/control.js











const CONTROL_PREFIX = '/_emulator/';
const CLOSE_AFTER_MS = 100;
const COMMANDS = [
    [/^GET journal$/, (emulator) => emulator.journal()],
    [/^GET snapshot$/, (emulator) => emulator.snapshot()],
    [/^POST faults$/, (emulator, _world, body) => addFaults(emulator, body)],
    [/^DELETE faults$/, (emulator) => done(() => emulator.clearFaults())],
    [/^POST revoke-tokens$/, (emulator) => done(() => emulator.revokeTokens())],
    [/^POST api-key$/, (emulator, _world, body) => setApiKey(emulator, body)],
    [/^POST agent-script$/, (emulator, _world, body) => done(() => emulator.scriptAgent((0,agent_script/* decodeAgentScript */.z)(body)))],
    [/^POST reset$/, (emulator) => done(() => emulator.reset())],
    [/^POST close$/, (emulator) => done(() => void setTimeout(() => void emulator.close(), CLOSE_AFTER_MS))],
    [/^POST sessions\/([^/]+)\/status$/, (emulator, _world, body, id) => setStatus(emulator, body, id)],
    [/^POST sessions\/([^/]+)\/outputs$/, (_emulator, world, body, id) => writeOutput(world, body, id)],
];
function createControl(emulator, world) {
    return (request, response) => {
        void run(emulator, world, request)
            .then((value) => jsonAnswer(200, value))
            .catch((error) => problemAnswer(error, 'none'))
            .then((answer) => send(response, answer));
    };
}
async function run(emulator, world, request) {
    const line = `${request.method} ${splitTarget(request.url).path.slice(CONTROL_PREFIX.length)}`;
    const bodied = /^POST (faults|api-key|agent-script|sessions\/)/.test(line);
    const body = bodied ? await readJson(request) : undefined;
    for (const [pattern, command] of COMMANDS) {
        const found = pattern.exec(line);
        if (found !== null)
            return command(emulator, world, body, found[1] ?? '');
    }
    throw (0,http_problem/* missing */.LO)(`No such command: ${line}`);
}
function done(act) {
    act();
    return { ok: true };
}
function addFaults(emulator, body) {
    const faults = (0,fault/* decodeFaults */.a)(body);
    for (const fault of faults)
        emulator.addFault(fault);
    return { added: faults.length };
}
const API_KEY = (0,schema/* object */.Ik)({ key: (0,schema/* text */.Qq)(1000) });
function setApiKey(emulator, body) {
    return done(() => emulator.setApiKey((0,schema/* decode */.D4)(API_KEY, body).key));
}
const STATUS = (0,schema/* object */.Ik)({ status: dist/* picklist */.KI(['idle', 'running', 'rescheduling', 'terminated']) });
function setStatus(emulator, body, id) {
    const { status } = (0,schema/* decode */.D4)(STATUS, body);
    emulator.setSessionStatus(id, status);
    return { id, status };
}
const OUTPUT = (0,schema/* object */.Ik)({
    filename: (0,schema/* text */.Qq)(4096),
    sizeBytes: (0,schema/* optional */.lq)((0,schema/* wholeNumber */.rD)(0, Number.MAX_SAFE_INTEGER)),
    content: (0,schema/* optional */.lq)((0,schema/* text */.Qq)(32 * 1024 * 1024, 0)),
});
function writeOutput(world, body, id) {
    const { filename, sizeBytes, content } = (0,schema/* decode */.D4)(OUTPUT, body);
    const output = sizeBytes === undefined ? content : { sizeBytes };
    if (output === undefined)
        throw (0,http_problem/* invalid */.Gq)('content: Field required');
    const { facts } = findSession(world, id);
    return { id: addOutput(world, facts.id, filename, blobOf(output)).id };
}

;// CONCATENATED MODULE: ./emulator/http/journal.js

class Journal {
    #entries = [];
    #start = performance.now();
    entries() {
        return [...this.#entries];
    }
    clear() {
        this.#entries = [];
        this.#start = performance.now();
    }
    open(request, requestId, fault) {
        const { path, search } = splitTarget(request.url);
        return new JournalLine(this.#entries, {
            n: this.#entries.length + 1,
            at: Math.round(performance.now() - this.#start),
            method: request.method ?? '',
            path,
            query: parametersOf(new URLSearchParams(search)),
            headers: plainHeaders(request),
            status: null,
            requestId,
            ...(fault === undefined ? {} : { fault }),
        });
    }
}
class JournalLine {
    #entries;
    #index;
    constructor(entries, entry) {
        this.#entries = entries;
        this.#index = entries.push(entry) - 1;
    }
    body(body) {
        this.#add({ body });
    }
    upload({ filename, contentType, blob, fields }) {
        this.#add({ upload: { filename, contentType, sizeBytes: blob.sizeBytes, sha256: blob.sha256, fields } });
    }
    status(status) {
        this.#add({ status });
    }
    #add(more) {
        const entry = this.#entries[this.#index];
        if (entry !== undefined)
            this.#entries[this.#index] = { ...entry, ...more };
    }
}
const plainHeaders = (request) => Object.fromEntries(Object.entries(request.headersDistinct).map(([name, values]) => [name, (values ?? []).join(', ')]));

;// CONCATENATED MODULE: ./emulator/http/listen.js

async function listen(server, port = 0, host = '127.0.0.1') {
    server.listen(port, host);
    await (0,external_node_events_.once)(server, 'listening');
    const address = server.address();
    if (address === null || typeof address === 'string')
        throw new Error('The server is not listening on a port');
    return `http://${address.address}:${address.port}`;
}
async function listen_close(server) {
    const closed = (0,external_node_events_.once)(server, 'close');
    server.close();
    server.closeAllConnections();
    await closed;
}

;// CONCATENATED MODULE: ./emulator/http/rate-limit.js

const RETRY_AFTER_FORMS = (/* unused pure expression or super */ null && (['seconds', 'fraction', 'http-date']));
class RateGate {
    #limit;
    #passed = [];
    #next = 0;
    constructor(limit) {
        this.#limit = limit;
    }
    pass() {
        if (this.#limit === undefined)
            return;
        const now = performance.now();
        const oldest = this.#passed[this.#next];
        const wait = oldest === undefined ? 0 : oldest + this.#limit.perSeconds * 1000 - now;
        if (wait > 0)
            throw new http_problem/* Problem */.AF(429, 'This request would exceed the rate limit', { retryAfter: retryAfter(this.#limit, wait) });
        this.#passed[this.#next] = now;
        this.#next = (this.#next + 1) % this.#limit.requests;
    }
    clear() {
        this.#passed = [];
        this.#next = 0;
    }
}
function retryAfter({ retryAfterForm }, waitMs) {
    switch (retryAfterForm) {
        case 'fraction':
            return (Math.ceil(waitMs) / 1000).toFixed(3);
        case 'http-date':
            return new Date(Math.ceil((Date.now() + waitMs) / 1000) * 1000).toUTCString();
        default:
            return String(Math.ceil(waitMs / 1000));
    }
}

// EXTERNAL MODULE: ./emulator/platforms/platform.js
var platform = __nccwpck_require__(4310);
;// CONCATENATED MODULE: ../../node_modules/jose/dist/webapi/util/errors.js
class JOSEError extends Error {
  static code = "ERR_JOSE_GENERIC";
  code = "ERR_JOSE_GENERIC";
  constructor(message, options) {
    super(message, options), this.name = this.constructor.name, Error.captureStackTrace?.(this, this.constructor);
  }
}
class JWTClaimValidationFailed extends JOSEError {
  static code = "ERR_JWT_CLAIM_VALIDATION_FAILED";
  code = "ERR_JWT_CLAIM_VALIDATION_FAILED";
  claim;
  reason;
  payload;
  constructor(message, payload, claim = "unspecified", reason = "unspecified") {
    super(message, { cause: { claim, reason, payload } }), this.claim = claim, this.reason = reason, this.payload = payload;
  }
}
class JWTExpired extends JOSEError {
  static code = "ERR_JWT_EXPIRED";
  code = "ERR_JWT_EXPIRED";
  claim;
  reason;
  payload;
  constructor(message, payload, claim = "unspecified", reason = "unspecified") {
    super(message, { cause: { claim, reason, payload } }), this.claim = claim, this.reason = reason, this.payload = payload;
  }
}
class JOSEAlgNotAllowed extends JOSEError {
  static code = "ERR_JOSE_ALG_NOT_ALLOWED";
  code = "ERR_JOSE_ALG_NOT_ALLOWED";
}
class JOSENotSupported extends JOSEError {
  static code = "ERR_JOSE_NOT_SUPPORTED";
  code = "ERR_JOSE_NOT_SUPPORTED";
}
class JWEDecryptionFailed extends JOSEError {
  static code = "ERR_JWE_DECRYPTION_FAILED";
  code = "ERR_JWE_DECRYPTION_FAILED";
  constructor(message = "decryption operation failed", options) {
    super(message, options);
  }
}
class JWEInvalid extends (/* unused pure expression or super */ null && (JOSEError)) {
  static code = (/* unused pure expression or super */ null && ("ERR_JWE_INVALID"));
  code = "ERR_JWE_INVALID";
}
class errors_JWSInvalid extends JOSEError {
  static code = "ERR_JWS_INVALID";
  code = "ERR_JWS_INVALID";
}
class JWTInvalid extends JOSEError {
  static code = "ERR_JWT_INVALID";
  code = "ERR_JWT_INVALID";
}
class JWKInvalid extends (/* unused pure expression or super */ null && (JOSEError)) {
  static code = (/* unused pure expression or super */ null && ("ERR_JWK_INVALID"));
  code = "ERR_JWK_INVALID";
}
class JWKSInvalid extends JOSEError {
  static code = "ERR_JWKS_INVALID";
  code = "ERR_JWKS_INVALID";
}
class JWKSNoMatchingKey extends JOSEError {
  static code = "ERR_JWKS_NO_MATCHING_KEY";
  code = "ERR_JWKS_NO_MATCHING_KEY";
  constructor(message = "no applicable key found in the JSON Web Key Set", options) {
    super(message, options);
  }
}
class JWKSMultipleMatchingKeys extends JOSEError {
  [Symbol.asyncIterator] = async function* () {
  };
  static code = "ERR_JWKS_MULTIPLE_MATCHING_KEYS";
  code = "ERR_JWKS_MULTIPLE_MATCHING_KEYS";
  constructor(message = "multiple matching keys found in the JSON Web Key Set", options) {
    super(message, options);
  }
}
class JWKSTimeout extends JOSEError {
  static code = "ERR_JWKS_TIMEOUT";
  code = "ERR_JWKS_TIMEOUT";
  constructor(message = "request timed out", options) {
    super(message, options);
  }
}
class JWSSignatureVerificationFailed extends JOSEError {
  static code = "ERR_JWS_SIGNATURE_VERIFICATION_FAILED";
  code = "ERR_JWS_SIGNATURE_VERIFICATION_FAILED";
  constructor(message = "signature verification failed", options) {
    super(message, options);
  }
}


;// CONCATENATED MODULE: ../../node_modules/jose/dist/webapi/lib/key_descriptor.js
function table(entries) {
  const out = { __proto__: null };
  for (const alg in entries)
    out[alg] = { ...entries[alg], alg };
  return out;
}


;// CONCATENATED MODULE: ../../node_modules/jose/dist/webapi/lib/jws_algorithms.js


const sig = [["verify"], ["sign"]];
function hmac(bits) {
  const subtle = { name: "HMAC", hash: `SHA-${bits}` };
  return { kty: ["oct"], secret: !0, subtle, signing: subtle, usages: sig };
}
function rsa(bits, saltLength) {
  const subtle = { name: saltLength ? "RSA-PSS" : "RSASSA-PKCS1-v1_5", hash: `SHA-${bits}` };
  return {
    kty: ["RSA"],
    subtle,
    signing: saltLength ? { ...subtle, saltLength } : subtle,
    usages: sig,
    minRsaBits: 2048
  };
}
function ecdsa(crv, bits) {
  return {
    kty: ["EC"],
    crv,
    subtle: { name: "ECDSA", namedCurve: crv },
    signing: { name: "ECDSA", hash: `SHA-${bits}` },
    usages: sig
  };
}
function eddsa() {
  const subtle = { name: "Ed25519" };
  return {
    kty: ["OKP"],
    crv: "Ed25519",
    subtle,
    signing: subtle,
    usages: sig
  };
}
function mldsa(parameterSet) {
  const subtle = { name: `ML-DSA-${parameterSet}` };
  return {
    kty: ["AKP"],
    subtle,
    signing: subtle,
    usages: sig
  };
}
const JWS = table({
  HS256: hmac(256),
  HS384: hmac(384),
  HS512: hmac(512),
  RS256: rsa(256),
  RS384: rsa(384),
  RS512: rsa(512),
  PS256: rsa(256, 32),
  PS384: rsa(384, 48),
  PS512: rsa(512, 64),
  ES256: ecdsa("P-256", 256),
  ES384: ecdsa("P-384", 384),
  ES512: ecdsa("P-521", 512),
  EdDSA: eddsa(),
  Ed25519: eddsa(),
  "ML-DSA-44": mldsa(44),
  "ML-DSA-65": mldsa(65),
  "ML-DSA-87": mldsa(87)
});
function jwsAlgorithm(alg) {
  const entry = typeof alg == "string" ? JWS[alg] : void 0;
  if (!entry)
    throw new JOSENotSupported(`alg ${alg} is not supported either by JOSE or your javascript runtime`);
  return entry;
}


;// CONCATENATED MODULE: ../../node_modules/jose/dist/webapi/lib/buffer_utils.js
const buffer_utils_encoder = new TextEncoder(), decoder = new TextDecoder(), strictDecoder = new TextDecoder("utf-8", { fatal: !0 }), UINT32_RANGE = (/* unused pure expression or super */ null && (2 ** 32));
function concat(...buffers) {
  const size = buffers.reduce((acc, { length }) => acc + length, 0), buf = new Uint8Array(size);
  let i = 0;
  for (const buffer of buffers)
    buf.set(buffer, i), i += buffer.length;
  return buf;
}
function writeUInt32BE(buf, value, offset) {
  if (value < 0 || value >= UINT32_RANGE)
    throw new RangeError(`value must be >= 0 and <= ${UINT32_RANGE - 1}. Received ${value}`);
  buf.set([value >>> 24, value >>> 16, value >>> 8, value & 255], offset);
}
function uint64be(value) {
  const high = Math.floor(value / UINT32_RANGE), low = value % UINT32_RANGE, buf = new Uint8Array(8);
  return writeUInt32BE(buf, high, 0), writeUInt32BE(buf, low, 4), buf;
}
function uint32be(value) {
  const buf = new Uint8Array(4);
  return writeUInt32BE(buf, value), buf;
}
const NON_ASCII = /[^\x00-\x7f]/;
function encode(string) {
  if (typeof string == "string" && string.length >= 128) {
    if (NON_ASCII.test(string))
      throw new TypeError("non-ASCII string encountered in encode()");
    return buffer_utils_encoder.encode(string);
  }
  const bytes = new Uint8Array(string.length);
  for (let i = 0; i < string.length; i++) {
    const code = string.charCodeAt(i);
    if (code > 127)
      throw new TypeError("non-ASCII string encountered in encode()");
    bytes[i] = code;
  }
  return bytes;
}
function buffer_utils_encodeBase64(input, url = !1) {
  if (Uint8Array.prototype.toBase64)
    return input.toBase64({ alphabet: url ? "base64url" : "base64", omitPadding: url });
  const CHUNK_SIZE = 32768, arr = [];
  for (let i = 0; i < input.length; i += CHUNK_SIZE)
    arr.push(String.fromCharCode.apply(null, input.subarray(i, i + CHUNK_SIZE)));
  const encoded = btoa(arr.join(""));
  return url ? encoded.replace(/=/g, "").replace(/\+/g, "-").replace(/\//g, "_") : encoded;
}
function decodeBase64(encoded, url = !1) {
  if (Uint8Array.fromBase64)
    return Uint8Array.fromBase64(encoded, { alphabet: url ? "base64url" : "base64" });
  if (url) {
    if (encoded.includes("+") || encoded.includes("/"))
      throw new TypeError("Invalid base64url");
    encoded = encoded.replace(/-/g, "+").replace(/_/g, "/");
  }
  const binary = atob(encoded), bytes = new Uint8Array(binary.length);
  for (let i = 0; i < binary.length; i++)
    bytes[i] = binary.charCodeAt(i);
  return bytes;
}
async function digest(algorithm, data) {
  const subtleDigest = `SHA-${algorithm.slice(-3)}`;
  return new Uint8Array(await crypto.subtle.digest(subtleDigest, data));
}


;// CONCATENATED MODULE: ../../node_modules/jose/dist/webapi/util/base64url.js

const invalid = "The input to be decoded is not correctly encoded.";
function decode(input) {
  try {
    return decodeBase64(typeof input == "string" ? input : decoder.decode(input), !0);
  } catch (cause) {
    throw new TypeError(invalid, { cause });
  }
}
function base64url_encode(input) {
  return encodeBase64(typeof input == "string" ? encoder.encode(input) : input, !0);
}


;// CONCATENATED MODULE: ../../node_modules/jose/dist/webapi/lib/validate.js



function assertUint8Array(input, label) {
  if (!(input instanceof Uint8Array))
    throw new TypeError(`${label} must be an instance of Uint8Array`);
}
function validate_isObject(input) {
  if (typeof input != "object" || input === null || Object.prototype.toString.call(input) !== "[object Object]")
    return !1;
  const prototype = Object.getPrototypeOf(input);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}
function isJwkSet(input) {
  return validate_isObject(input) && Array.isArray(input.keys) && Array.from(input.keys).every(validate_isObject);
}
function isDisjoint(...headers) {
  const parameters = /* @__PURE__ */ new Set();
  for (const header of headers)
    if (header)
      for (const parameter of Object.keys(header)) {
        if (parameters.has(parameter))
          return !1;
        parameters.add(parameter);
      }
  return !0;
}
function assertNotSet(value, name) {
  if (value !== void 0)
    throw new TypeError(`${name} can only be called once`);
}
function decodeBase64url(value, label, ErrorClass) {
  try {
    return decode(value);
  } catch (cause) {
    throw new ErrorClass(`Failed to base64url decode the ${label}`, { cause });
  }
}
function encodeAsciiMember(value, label, ErrorClass) {
  try {
    return encode(value);
  } catch (cause) {
    throw new ErrorClass(`The ${label} is not a valid base64url string`, { cause });
  }
}
function parseJoseHeader(encodedProtectedHeader, ErrorClass, message) {
  let parsed;
  try {
    parsed = JSON.parse(strictDecoder.decode(decode(encodedProtectedHeader)));
  } catch (cause) {
    throw new ErrorClass(message, { cause });
  }
  if (!validate_isObject(parsed))
    throw new ErrorClass(message);
  return parsed;
}
const JWS_RECOGNIZED = { __proto__: null, b64: !0 }, JWE_RECOGNIZED = { __proto__: null };
function validateAlgorithms(option, algorithms) {
  if (algorithms !== void 0 && (!Array.isArray(algorithms) || algorithms.some((s) => typeof s != "string")))
    throw new TypeError(`"${option}" option must be an array of strings`);
  return algorithms === void 0 ? void 0 : new Set(algorithms);
}
function validateCritDuplicates(Err, protectedHeader) {
  const { crit } = protectedHeader ?? {};
  if (Array.isArray(crit) && new Set(crit).size !== crit.length)
    throw new Err('"crit" (Critical) Header Parameter MUST NOT contain duplicate values');
}
function validateCrit(Err, recognizedDefault, recognizedOption, protectedHeader, joseHeader) {
  if (joseHeader.crit !== void 0 && protectedHeader?.crit === void 0)
    throw new Err('"crit" (Critical) Header Parameter MUST be integrity protected');
  if (!protectedHeader || protectedHeader.crit === void 0)
    return [];
  if (!Array.isArray(protectedHeader.crit) || protectedHeader.crit.length === 0 || protectedHeader.crit.some((input) => typeof input != "string" || input.length === 0))
    throw new Err('"crit" (Critical) Header Parameter MUST be an array of non-empty strings when present');
  const recognized = recognizedOption === void 0 ? recognizedDefault : { __proto__: null, ...recognizedOption, ...recognizedDefault };
  for (const parameter of protectedHeader.crit) {
    if (!(parameter in recognized))
      throw new JOSENotSupported(`Extension Header Parameter "${parameter}" is not recognized`);
    if (!Object.hasOwn(joseHeader, parameter) || joseHeader[parameter] === void 0)
      throw new Err(`Extension Header Parameter "${parameter}" is missing`);
    if (recognized[parameter] && (!Object.hasOwn(protectedHeader, parameter) || protectedHeader[parameter] === void 0))
      throw new Err(`Extension Header Parameter "${parameter}" MUST be integrity protected`);
  }
  return protectedHeader.crit;
}
function validateB64(protectedHeader, extensions) {
  if (extensions.includes("b64")) {
    const b64 = protectedHeader.b64;
    if (typeof b64 != "boolean")
      throw new errors_JWSInvalid('The "b64" (base64url-encode payload) Header Parameter must be a boolean');
    return b64;
  }
  return !0;
}
function serializeJoseHeader(Err, header) {
  let serialized, parsed;
  try {
    serialized = JSON.stringify(header), parsed = JSON.parse(serialized);
  } catch (cause) {
    throw new Err("JOSE Header is not valid JSON", { cause });
  }
  if (!validate_isObject(parsed))
    throw new Err("JOSE Header is not a JSON object");
  return [parsed, serialized];
}


;// CONCATENATED MODULE: ../../node_modules/jose/dist/webapi/lib/key.js



const tag = (key) => key[Symbol.toStringTag], jwkMatchesOp = (entry, key, usage) => {
  const { alg } = entry;
  if (key.use !== void 0) {
    const expected = usage === "sign" || usage === "verify" ? "sig" : "enc";
    if (key.use !== expected)
      throw new TypeError(`Invalid key for this operation, its "use" must be "${expected}" when present`);
  }
  if (key.kty === "AKP" && key.alg === void 0)
    throw new TypeError('missing "alg" (Algorithm) Parameter value');
  if (key.alg !== void 0 && key.alg !== alg)
    throw new TypeError(`Invalid key for this operation, its "alg" must be "${alg}" when present`);
  if (Array.isArray(key.key_ops)) {
    const expectedKeyOp = usage === "encrypt" || usage === "decrypt" ? entry.ops?.[usage === "encrypt" ? 0 : 1] : usage;
    if (expectedKeyOp && !key.key_ops.includes(expectedKeyOp))
      throw new TypeError(`Invalid key for this operation, its "key_ops" must include "${expectedKeyOp}" when present`);
  }
};
async function prepareKey(entry, key, usage) {
  const { alg, secret } = entry, requiresPrivateKey = usage === "decrypt" || usage === "sign";
  if (secret && key instanceof Uint8Array)
    return key;
  let normalized, keyObject;
  if (validate_isObject(key)) {
    if (normalized = normalizeJwk(key), typeof normalized.kty != "string")
      throw invalidKeyType(alg, key, secret);
    if (!(secret ? normalized.kty === "oct" && typeof normalized.k == "string" : normalized.kty !== "oct" && (requiresPrivateKey ? normalized.kty === "AKP" && typeof normalized.priv == "string" || typeof normalized.d == "string" : normalized.d === void 0 && normalized.priv === void 0)))
      throw new TypeError(secret ? 'JSON Web Key for symmetric algorithms must have JWK "kty" (Key Type) equal to "oct" and the JWK "k" (Key Value) present' : `JSON Web Key for this operation must be a ${requiresPrivateKey ? "private" : "public"} JWK`);
    if (jwkMatchesOp(entry, normalized, usage), normalized.kty === "oct")
      return decode(normalized.k);
    if (!Object.isFrozen(key)) {
      const { key_ops } = key;
      Array.isArray(key_ops) && Object.freeze(key_ops), Object.freeze(key);
    }
  } else {
    if (!isKeyLike(key))
      throw invalidKeyType(alg, key, secret);
    const expectedType = secret ? "secret" : requiresPrivateKey ? "private" : "public";
    if (key.type !== expectedType && (secret || ["secret", "public", "private"].includes(key.type)))
      throw new TypeError(`${tag(key)} instances must be of type "${expectedType}" for the ${alg} algorithm`);
    if (isCryptoKey(key))
      return key;
    if (keyObject = key, keyObject.type === "secret")
      return keyObject.export();
  }
  cache ||= /* @__PURE__ */ new WeakMap();
  const cacheKey = key;
  let cached = cache.get(cacheKey);
  if (cached?.[alg])
    return cached[alg];
  if (cached || cache.set(cacheKey, cached = {}), keyObject && typeof keyObject.toCryptoKey == "function") {
    const isPublic = keyObject.type === "public", crv = nist[keyObject.asymmetricKeyDetails?.namedCurve], params = entry.resolve?.({ crv, asymmetricKeyType: keyObject.asymmetricKeyType }) ?? entry.subtle;
    return cached[alg] = keyObject.toCryptoKey(params, isPublic, entry.usages[isPublic ? 0 : 1]);
  }
  return normalized ??= keyObject.export({ format: "jwk" }), normalized.alg = alg, cached[alg] = await jwkToKey(entry, normalized);
}
let cache;
const nist = {
  __proto__: null,
  prime256v1: "P-256",
  secp384r1: "P-384",
  secp521r1: "P-521"
};
function assertCryptoKey(key) {
  if (!isCryptoKey(key))
    throw new Error("CryptoKey instance expected");
}
const isCryptoKey = (key) => {
  if (key?.[Symbol.toStringTag] === "CryptoKey")
    return !0;
  try {
    return key instanceof CryptoKey;
  } catch {
    return !1;
  }
}, isKeyObject = (key) => key?.[Symbol.toStringTag] === "KeyObject", isKeyLike = (key) => isCryptoKey(key) || isKeyObject(key);
function message(msg, actual, ...types) {
  if (types.length > 2) {
    const last = types.pop();
    msg += `one of type ${types.join(", ")}, or ${last}.`;
  } else types.length === 2 ? msg += `one of type ${types[0]} or ${types[1]}.` : msg += `of type ${types[0]}.`;
  return actual == null ? msg += ` Received ${actual}` : typeof actual == "function" && actual.name ? msg += ` Received function ${actual.name}` : typeof actual == "object" && actual != null && actual.constructor?.name && (msg += ` Received an instance of ${actual.constructor.name}`), msg;
}
const invalidKeyInput = (actual, ...types) => message("Key must be ", actual, ...types);
function invalidKeyType(alg, actual, secret) {
  const types = ["CryptoKey", "KeyObject", "JSON Web Key"];
  return secret && types.push("Uint8Array"), new TypeError(message(`Key for the ${alg} algorithm must be `, actual, ...types));
}
const unusable = (name, prop = "algorithm.name") => new TypeError(`CryptoKey does not support this operation, its ${prop} must be ${name}`);
function checkUsage(key, usage) {
  if (usage && !key.usages.includes(usage))
    throw new TypeError(`CryptoKey does not support this operation, its usages must include ${usage}.`);
}
function checkModulusLength(alg, key) {
  const { modulusLength } = key.algorithm;
  if (typeof modulusLength != "number" || modulusLength < 2048)
    throw new TypeError(`${alg} requires key modulusLength to be 2048 bits or larger`);
}
function checkCryptoKey(key, expected, usage) {
  const algorithm = key.algorithm;
  if (algorithm.name !== expected.name)
    throw unusable(expected.name);
  if (expected.hash && algorithm.hash?.name !== expected.hash)
    throw unusable(expected.hash, "algorithm.hash");
  if (expected.namedCurve && algorithm.namedCurve !== expected.namedCurve)
    throw unusable(expected.namedCurve, "algorithm.namedCurve");
  if (expected.length !== void 0 && algorithm.length !== expected.length)
    throw unusable(expected.length, "algorithm.length");
  checkUsage(key, usage);
}
function snapshotJwk(jwk) {
  return { __proto__: null, ...jwk };
}
function normalizeJwk(jwk) {
  const normalized = snapshotJwk(jwk);
  if (normalized.ext !== void 0 && typeof normalized.ext != "boolean")
    throw new TypeError('"ext" (Extractable) Parameter must be a boolean');
  if (normalized.key_ops !== void 0) {
    const value = normalized.key_ops, keyOps = Array.isArray(value) ? [...value] : void 0;
    if (!keyOps || keyOps.some((operation) => typeof operation != "string") || new Set(keyOps).size !== keyOps.length)
      throw new TypeError('"key_ops" (Key Operations) Parameter must be an array of unique strings');
    normalized.key_ops = keyOps;
  }
  return normalized;
}
function validateExtractableOption(extractable) {
  if (extractable !== void 0 && typeof extractable != "boolean")
    throw new TypeError('"extractable" option must be a boolean');
  return extractable;
}
async function jwkToKey(entry, jwk, extractable) {
  if (!entry.kty.includes(jwk.kty))
    throw new JOSENotSupported('Invalid or unsupported JWK "alg" (Algorithm) Parameter value');
  const algorithm = entry.resolve?.({ kty: jwk.kty, crv: jwk.crv }) ?? entry.subtle, isPrivate = !!(jwk.d || jwk.priv), keyData = { ...jwk, ext: extractable ?? jwk.ext };
  return keyData.kty !== "AKP" && delete keyData.alg, delete keyData.use, crypto.subtle.importKey("jwk", keyData, algorithm, keyData.ext ?? !isPrivate, jwk.key_ops ?? entry.usages[isPrivate ? 1 : 0]);
}
async function rawKey(key, expected, usage, extractable = !1) {
  return key instanceof Uint8Array && (key = await crypto.subtle.importKey("raw", key, expected, extractable, [usage])), checkCryptoKey(key, expected, usage), key;
}


;// CONCATENATED MODULE: ../../node_modules/jose/dist/webapi/lib/jws_verify.js





function snapshotJws(jws, sharedPayload) {
  const encodedProtectedHeader = jws.protected, inputHeader = jws.header, header = isObject(inputHeader) ? { ...inputHeader } : inputHeader;
  let payload = sharedPayload ? sharedPayload[0] : jws.payload;
  !sharedPayload && payload instanceof Uint8Array && (payload = new Uint8Array(payload));
  const signature = jws.signature, snapshot = { payload, signature };
  if (encodedProtectedHeader !== void 0 && (snapshot.protected = encodedProtectedHeader), inputHeader !== void 0 && (snapshot.header = header), encodedProtectedHeader === void 0 && header === void 0)
    throw new JWSInvalid('Flattened JWS must have either of the "protected" or "header" members');
  if (encodedProtectedHeader !== void 0 && typeof encodedProtectedHeader != "string")
    throw new JWSInvalid("JWS Protected Header incorrect type");
  if (payload === void 0)
    throw new JWSInvalid("JWS Payload missing");
  if (typeof signature != "string")
    throw new JWSInvalid("JWS Signature missing or incorrect type");
  if (header !== void 0 && !isObject(header))
    throw new JWSInvalid("JWS Unprotected Header incorrect type");
  return snapshot;
}
function prepareVerify(options) {
  return [options && validateAlgorithms("algorithms", options.algorithms), options?.crit];
}
function parseProtectedHeader(encodedProtectedHeader) {
  return encodedProtectedHeader === void 0 ? {} : parseJoseHeader(encodedProtectedHeader, errors_JWSInvalid, "JWS Protected Header is invalid");
}
function encodeJsonUnencodedPayload(payload) {
  const invalid = /[\p{Cs}\p{Cn}]/u.exec(payload)?.[0];
  if (invalid !== void 0)
    throw new JWSInvalid(/\p{Cs}/u.test(invalid) ? "JWS Payload must be a well-formed Unicode string" : "JWS Payload must not contain unassigned Unicode code points");
  return encoder.encode(payload);
}
function encodeCompactUnencodedPayload(payload) {
  try {
    return encode(payload);
  } catch (cause) {
    throw new errors_JWSInvalid("JWS Compact Serialization payload must use only ASCII characters", {
      cause
    });
  }
}
async function verifySignature(jws, shared, key, encodeUnencodedPayload, parsedProtected) {
  const { protected: encodedProtectedHeader, header, payload: inputPayload } = jws, protectedHeader = parsedProtected ?? parseProtectedHeader(encodedProtectedHeader);
  if (!isDisjoint(protectedHeader, header))
    throw new errors_JWSInvalid("JWS Protected and JWS Unprotected Header Parameter names must be disjoint");
  const joseHeader = { ...protectedHeader, ...header }, b64 = validateB64(protectedHeader, validateCrit(errors_JWSInvalid, JWS_RECOGNIZED, shared[1], protectedHeader, joseHeader)), { alg } = joseHeader;
  if (typeof alg != "string" || !alg)
    throw new errors_JWSInvalid('JWS "alg" (Algorithm) Header Parameter missing or invalid');
  if (shared[0] && !shared[0].has(alg))
    throw new JOSEAlgNotAllowed('"alg" (Algorithm) Header Parameter value not allowed');
  if (b64) {
    if (typeof inputPayload != "string")
      throw new errors_JWSInvalid("JWS Payload must be a string");
  } else if (typeof inputPayload != "string" && !(inputPayload instanceof Uint8Array))
    throw new errors_JWSInvalid("JWS Payload must be a string or an Uint8Array instance");
  const signingPayload = b64 || typeof inputPayload != "string" ? inputPayload : encodeUnencodedPayload(inputPayload);
  let resolvedKey = !1;
  typeof key == "function" && (key = await key(protectedHeader, jws), resolvedKey = !0);
  const entry = jwsAlgorithm(alg), signingInput = concat(encodedProtectedHeader !== void 0 ? encode(encodedProtectedHeader) : new Uint8Array(), encode("."), typeof signingPayload == "string" ? shared[2] ??= encodeAsciiMember(signingPayload, "payload", errors_JWSInvalid) : signingPayload), signature = decodeBase64url(jws.signature, "signature", errors_JWSInvalid), verificationKey = await prepareKey(entry, key, "verify"), cryptoKey = await rawKey(verificationKey, entry.subtle, "verify");
  entry.minRsaBits && checkModulusLength(entry.alg, cryptoKey);
  let verified = !1;
  try {
    verified = await crypto.subtle.verify(entry.signing, cryptoKey, signature, signingInput);
  } catch (cause) {
    throw new JWSSignatureVerificationFailed(void 0, { cause });
  }
  if (!verified)
    throw new JWSSignatureVerificationFailed();
  const result = { payload: typeof signingPayload == "string" ? decodeBase64url(signingPayload, "payload", errors_JWSInvalid) : signingPayload };
  return encodedProtectedHeader !== void 0 && (result.protectedHeader = protectedHeader), header !== void 0 && (result.unprotectedHeader = header), resolvedKey ? [{ ...result, key: verificationKey }, b64] : [result, b64];
}
async function verifyCompact(jws, shared, key) {
  if (jws instanceof Uint8Array && (jws = decoder.decode(jws)), typeof jws != "string")
    throw new errors_JWSInvalid("Compact JWS must be a string or Uint8Array");
  const { 0: protectedHeader, 1: payload, 2: signature, length } = jws.split(".");
  if (length !== 3)
    throw new errors_JWSInvalid("Invalid Compact JWS");
  return verifySignature({ payload, protected: protectedHeader, signature }, shared, key, encodeCompactUnencodedPayload);
}


;// CONCATENATED MODULE: ../../node_modules/jose/dist/webapi/lib/jwt_claims_set.js



const epoch = (date) => Math.floor(date.getTime() / 1e3), multipliers = {
  s: 1,
  m: 60,
  h: 3600,
  d: 86400,
  w: 604800,
  y: 31557600
}, REGEX = /^(\+|\-)? ?(\d+|\d+\.\d+) ?(seconds?|secs?|s|minutes?|mins?|m|hours?|hrs?|h|days?|d|weeks?|w|years?|yrs?|y)(?: (ago|from now))?$/i, checkFailed = "check_failed";
function invalidDuration() {
  throw new TypeError("Invalid time period format");
}
function secs(str) {
  typeof str != "string" && invalidDuration();
  const matched = REGEX.exec(str);
  (!matched || matched[4] && matched[1]) && invalidDuration();
  const value = parseFloat(matched[2]), durationSeconds = Math.round(value * multipliers[matched[3][0].toLowerCase()]);
  return Number.isFinite(durationSeconds) || invalidDuration(), matched[1] === "-" || matched[4]?.toLowerCase() === "ago" ? -durationSeconds : durationSeconds;
}
function validateInput(label, input) {
  if (!Number.isFinite(input))
    throw new TypeError(`Invalid ${label} input`);
  return input;
}
function validateStringClaim(claim, value) {
  if (typeof value != "string")
    throw new TypeError(`"${claim}" claim must be a string`);
}
function validateAudienceClaim(value) {
  if (typeof value != "string" && (!Array.isArray(value) || Array.from(value).some((member) => typeof member != "string")))
    throw new TypeError('"aud" claim must be a string or an array of strings');
}
function numericDate(value, label) {
  return typeof value == "number" ? validateInput(label, value) : value instanceof Date ? validateInput(label, epoch(value)) : epoch(/* @__PURE__ */ new Date()) + secs(value);
}
const normalizeTyp = (value) => {
  const normalized = value.toLowerCase();
  return value.includes("/") ? normalized : `application/${normalized}`;
}, checkAudiencePresence = (audPayload, audOption) => typeof audPayload == "string" ? audOption.includes(audPayload) : Array.isArray(audPayload) ? audOption.some((aud) => audPayload.includes(aud)) : !1;
function validateNumericDate(claimsSet, claim, required = !1) {
  const value = claimsSet[claim];
  if (!(value === void 0 && !required)) {
    if (typeof value != "number")
      throw new JWTClaimValidationFailed(`"${claim}" claim must be a number`, claimsSet, claim, "invalid");
    return value;
  }
}
function unexpectedClaim(claimsSet, claim) {
  throw new JWTClaimValidationFailed(`unexpected "${claim}" claim value`, claimsSet, claim, checkFailed);
}
function validateClaimsSet(protectedHeader, claimsSetBytes, options = {}) {
  let claimsSet;
  try {
    claimsSet = JSON.parse(strictDecoder.decode(claimsSetBytes));
  } catch (cause) {
    throw new JWTInvalid("JWT Claims Set must be a top-level JSON object", { cause });
  }
  if (!validate_isObject(claimsSet))
    throw new JWTInvalid("JWT Claims Set must be a top-level JSON object");
  const { typ } = options;
  if (typ !== void 0 && (typeof protectedHeader.typ != "string" || normalizeTyp(protectedHeader.typ) !== normalizeTyp(typ)))
    throw new JWTClaimValidationFailed('unexpected "typ" JWT header value', claimsSet, "typ", checkFailed);
  const { requiredClaims = [], issuer, subject, audience, maxTokenAge } = options, presenceCheck = [...requiredClaims];
  maxTokenAge !== void 0 && presenceCheck.push("iat"), audience !== void 0 && presenceCheck.push("aud"), subject !== void 0 && presenceCheck.push("sub"), issuer !== void 0 && presenceCheck.push("iss");
  for (const claim of new Set(presenceCheck.reverse()))
    if (!Object.hasOwn(claimsSet, claim))
      throw new JWTClaimValidationFailed(`missing required "${claim}" claim`, claimsSet, claim, "missing");
  issuer !== void 0 && !(Array.isArray(issuer) ? issuer : [issuer]).includes(claimsSet.iss) && unexpectedClaim(claimsSet, "iss"), subject !== void 0 && claimsSet.sub !== subject && unexpectedClaim(claimsSet, "sub"), audience !== void 0 && !checkAudiencePresence(claimsSet.aud, typeof audience == "string" ? [audience] : audience) && unexpectedClaim(claimsSet, "aud");
  const { clockTolerance } = options;
  let tolerance = 0;
  if (typeof clockTolerance == "string")
    tolerance = secs(clockTolerance);
  else if (clockTolerance !== void 0) {
    if (typeof clockTolerance != "number")
      throw new TypeError("Invalid clockTolerance option type");
    tolerance = clockTolerance;
  }
  if (validateInput("clockTolerance option", tolerance), tolerance < 0)
    throw new TypeError("Invalid clockTolerance option input");
  const { currentDate } = options, now = validateInput("currentDate option", epoch(currentDate === void 0 ? /* @__PURE__ */ new Date() : currentDate)), iat = validateNumericDate(claimsSet, "iat", maxTokenAge !== void 0), nbf = validateNumericDate(claimsSet, "nbf");
  if (nbf !== void 0 && nbf > now + tolerance)
    throw new JWTClaimValidationFailed('"nbf" claim timestamp check failed', claimsSet, "nbf", checkFailed);
  const exp = validateNumericDate(claimsSet, "exp");
  if (exp !== void 0 && exp <= now - tolerance)
    throw new JWTExpired('"exp" claim timestamp check failed', claimsSet, "exp", checkFailed);
  if (maxTokenAge !== void 0) {
    const age = now - iat, max = validateInput("maxTokenAge option", typeof maxTokenAge == "number" ? maxTokenAge : secs(maxTokenAge));
    if (max < 0)
      throw new TypeError("Invalid maxTokenAge option input");
    if (age - tolerance > max)
      throw new JWTExpired('"iat" claim timestamp check failed (too far in the past)', claimsSet, "iat", checkFailed);
    if (age < -tolerance)
      throw new JWTClaimValidationFailed('"iat" claim timestamp check failed (it should be in the past)', claimsSet, "iat", checkFailed);
  }
  return claimsSet;
}
let producerClaimsSets;
function producerClaimsSet(producer) {
  return producerClaimsSets.get(producer);
}
function jwtClaimsSetBytes(producer) {
  const claimsSet = producerClaimsSet(producer);
  for (const claim of ["iat", "nbf", "exp"]) {
    const value = claimsSet[claim];
    if (typeof value == "number" && !Number.isFinite(value))
      throw new TypeError(`"${claim}" claim must be a finite number`);
  }
  return encoder.encode(JSON.stringify(claimsSet));
}
function jwtClaim(producer, claim) {
  return producerClaimsSet(producer)[claim];
}
class JWTClaimsBuilder {
  constructor(claimsSet = {}) {
    if (!isObject(claimsSet))
      throw new TypeError("JWT Claims Set MUST be an object");
    (producerClaimsSets ||= /* @__PURE__ */ new WeakMap()).set(this, structuredClone(claimsSet));
  }
  setIssuer(value) {
    return validateStringClaim("iss", value), producerClaimsSet(this).iss = value, this;
  }
  setSubject(value) {
    return validateStringClaim("sub", value), producerClaimsSet(this).sub = value, this;
  }
  setAudience(value) {
    return validateAudienceClaim(value), producerClaimsSet(this).aud = value, this;
  }
  setJti(value) {
    return validateStringClaim("jti", value), producerClaimsSet(this).jti = value, this;
  }
  setNotBefore(value) {
    return producerClaimsSet(this).nbf = numericDate(value, "setNotBefore"), this;
  }
  setExpirationTime(value) {
    return producerClaimsSet(this).exp = numericDate(value, "setExpirationTime"), this;
  }
  setIssuedAt(value) {
    const claimsSet = producerClaimsSet(this);
    return value === void 0 ? claimsSet.iat = epoch(/* @__PURE__ */ new Date()) : typeof value == "string" ? claimsSet.iat = validateInput("setIssuedAt", epoch(/* @__PURE__ */ new Date()) + secs(value)) : claimsSet.iat = numericDate(value, "setIssuedAt"), this;
  }
}


;// CONCATENATED MODULE: ../../node_modules/jose/dist/webapi/jwt/verify.js



async function jwtVerify(jwt, key, options) {
  const [verified, b64] = await verifyCompact(jwt, prepareVerify(options), key);
  if (!b64)
    throw new JWTInvalid("JWTs MUST NOT use unencoded payload");
  const payload = validateClaimsSet(verified.protectedHeader, verified.payload, options);
  return { ...verified, payload };
}


;// CONCATENATED MODULE: ../../node_modules/jose/dist/webapi/jwks/local.js




function isUsableJWK(jwk, entry, alg, kid) {
  const { kty, key_ops: keyOps, ext, kid: jwkKid, alg: jwkAlg, use, crv } = jwk;
  return (ext === void 0 || typeof ext == "boolean") && (keyOps === void 0 || Array.isArray(keyOps) && keyOps.every((operation, index) => typeof operation == "string" && keyOps.indexOf(operation) === index) && keyOps.includes("verify")) && entry.kty.includes(kty) && (kid === void 0 || typeof kid == "string" && kid === jwkKid) && (jwkAlg === void 0 ? kty !== "AKP" : alg === jwkAlg) && (use === void 0 || use === "sig") && (!entry.crv || crv === entry.crv);
}
async function importWithAlgCache(cache, jwk, entry) {
  const cached = cache.get(jwk) || cache.set(jwk, {}).get(jwk), { alg } = entry;
  if (cached[alg] === void 0) {
    const pending = jwkToKey(entry, jwk, !0).then((key) => {
      if (key.type !== "public")
        throw new JWKSInvalid("JSON Web Key Set members must be public keys");
      return cached[alg] = key, key;
    }).catch((error) => {
      throw cached[alg] === pending && delete cached[alg], error;
    });
    cached[alg] = pending;
  }
  return cached[alg];
}
function createLocalJWKSet(jwks) {
  let snapshot;
  try {
    snapshot = structuredClone(jwks);
  } catch (cause) {
    throw new JWKSInvalid("JSON Web Key Set malformed", { cause });
  }
  if (!isJwkSet(snapshot))
    throw new JWKSInvalid("JSON Web Key Set malformed");
  const metadata = snapshot.keys.map((jwk) => {
    const normalized = snapshotJwk(jwk);
    return Array.isArray(normalized.key_ops) && (normalized.key_ops = [...normalized.key_ops]), normalized;
  }), cached = /* @__PURE__ */ new WeakMap();
  return Object.defineProperty(async (protectedHeader, token) => {
    const { alg, kid } = { ...protectedHeader, ...token?.header }, entry = typeof alg == "string" ? JWS[alg] : void 0;
    if (!entry || entry.secret)
      throw new JOSENotSupported('Unsupported "alg" value for a JSON Web Key Set');
    const candidates = snapshot.keys.filter((_, index) => isUsableJWK(metadata[index], entry, alg, kid)), { 0: jwk, length } = candidates;
    if (!length)
      throw new JWKSNoMatchingKey();
    if (length !== 1) {
      const error = new JWKSMultipleMatchingKeys();
      throw error[Symbol.asyncIterator] = async function* () {
        for (const jwk2 of candidates)
          try {
            yield await importWithAlgCache(cached, jwk2, entry);
          } catch {
          }
      }, error;
    }
    return importWithAlgCache(cached, jwk, entry);
  }, "jwks", {
    value: () => structuredClone(snapshot)
  });
}


;// CONCATENATED MODULE: ./emulator/oauth/oauth-assertion.js


const SKEW_SECONDS = 30;
const MAX_LIFETIME_SECONDS = 3600;
async function believe(assertion, trust, now) {
    const { issuer, audience, key, subject } = trust;
    const verified = await jwtVerify(assertion, key, {
        issuer,
        audience,
        algorithms: ['RS256'],
        clockTolerance: SKEW_SECONDS,
        currentDate: new Date(now),
        requiredClaims: ['sub', 'jti', 'exp', 'iat'],
    }).catch(() => undefined);
    const { sub = '', jti = '', exp = 0, iat = 0 } = verified?.payload ?? {};
    if (jti === '' || !subject.test(sub))
        return undefined;
    const isIssued = iat <= now / 1000 + SKEW_SECONDS;
    return isIssued && exp - iat <= MAX_LIFETIME_SECONDS ? { jti, exp } : undefined;
}
async function keyOf(source) {
    if (typeof source === 'string' && /^https?:/.test(source)) {
        return createLocalJWKSet((await (await fetch(source)).json()));
    }
    const key = typeof source === 'string' ? (0,external_node_crypto_.createPublicKey)(source) : source;
    return async () => key;
}

;// CONCATENATED MODULE: ./emulator/oauth/oauth.js






const FEDERATION = {
    ruleId: 'fdrl_emulator',
    organizationId: '0e0e0e0e-1111-4222-8333-444444444444',
    serviceAccountId: 'svac_emulator',
    workspaceId: platform/* WORKSPACE_ID */.M6,
    audience: 'https://api.anthropic.com',
};
const SCOPE = 'workspace:developer';
const MIN_LIFETIME_SECONDS = 60;
const DEFAULT_LIFETIME_SECONDS = 3600;
const idLike = (pattern) => dist/* pipe */.Fs(schema.id, dist/* regex */.yG(pattern, 'Input is malformed'));
const EXCHANGE = (0,schema/* object */.Ik)({
    grant_type: dist/* literal */.eu('urn:ietf:params:oauth:grant-type:jwt-bearer'),
    assertion: (0,schema/* text */.Qq)(16 * 1024),
    federation_rule_id: idLike(/^fdrl_\w+$/),
    organization_id: idLike(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i),
    service_account_id: (0,schema/* optional */.lq)(idLike(/^svac_\w+$/)),
    workspace_id: (0,schema/* optional */.lq)(idLike(/^(wrkspc_\w+|default)$/)),
});
async function trustIn(federation, expected) {
    const { issuer, audience = expected, publicKey, subject } = federation;
    return { issuer, audience, key: await keyOf(publicKey), subject: new RegExp(subject ?? '') };
}
class TokenDesk {
    #federation;
    #trust;
    #credentials;
    #used = new Set();
    constructor(federation, trust, credentials) {
        this.#federation = federation;
        this.#trust = trust;
        this.#credentials = credentials;
    }
    static async open(federation, credentials) {
        if (federation === undefined)
            return new TokenDesk(undefined, undefined, credentials);
        return new TokenDesk(federation, await trustIn(federation, FEDERATION.audience), credentials);
    }
    clear() {
        this.#used.clear();
    }
    exchange = async (world, call) => {
        const exchange = (0,schema/* decode */.D4)(EXCHANGE, call.json);
        if (this.#federation?.serviceAccountId !== undefined && exchange.service_account_id === undefined)
            throw (0,http_problem/* invalid */.Gq)('service_account_id: Field required');
        const claims = this.#trust && (await believe(exchange.assertion, this.#trust, world.now()));
        if (claims === undefined || !this.#knows(exchange) || this.#used.has(claims.jti))
            throw new http_problem/* Problem */.AF(401, 'Authentication failed');
        this.#used.add(claims.jti);
        const expiresIn = this.#lifetime(claims.exp - world.now() / 1000);
        const token = this.#credentials.issueToken(expiresIn + (this.#federation?.tokenGraceSeconds ?? 0));
        return { access_token: token, token_type: 'Bearer', expires_in: expiresIn, scope: SCOPE };
    };
    #knows(exchange) {
        const own = this.#federation ?? {};
        return (exchange.federation_rule_id === (own.ruleId ?? FEDERATION.ruleId) &&
            exchange.organization_id === (own.organizationId ?? FEDERATION.organizationId) &&
            [undefined, own.serviceAccountId ?? FEDERATION.serviceAccountId].includes(exchange.service_account_id) &&
            [undefined, 'default', own.workspaceId ?? FEDERATION.workspaceId].includes(exchange.workspace_id));
    }
    #lifetime(jwtSeconds) {
        const wanted = this.#federation?.tokenLifetimeSeconds ?? DEFAULT_LIFETIME_SECONDS;
        const floor = Math.min(wanted, MIN_LIFETIME_SECONDS);
        return Math.max(floor, Math.min(wanted, Math.floor(2 * jwtSeconds)));
    }
}
function checkExchange(betas) {
    for (const beta of [OAUTH_BETA, FEDERATION_BETA])
        if (!betas.has(beta))
            throw (0,http_problem/* invalid */.Gq)(`anthropic-beta: ${beta} is required`);
}

;// CONCATENATED MODULE: ./emulator/oauth/oauth-credentials.js

class Credentials {
    #firstKey;
    #now;
    #tokens = new Map();
    #apiKey;
    constructor(apiKey, now) {
        this.#firstKey = apiKey;
        this.#apiKey = apiKey;
        this.#now = now;
    }
    get apiKey() {
        return this.#apiKey;
    }
    setApiKey(apiKey) {
        this.#apiKey = apiKey;
    }
    issueToken(lifetimeSeconds, token = `sk-ant-oat01-${(0,external_node_crypto_.randomBytes)(48).toString('base64url')}`) {
        this.#tokens.set(token, this.#now() + lifetimeSeconds * 1000);
        return token;
    }
    issuedTokens() {
        return [...this.#tokens.keys()];
    }
    revokeTokens() {
        this.#tokens.clear();
    }
    clear() {
        this.#tokens.clear();
        this.#apiKey = this.#firstKey;
    }
    accept(headers, takesTokens) {
        const bearer = /^Bearer (.+)$/i.exec(headers.authorization ?? '')?.[1] ?? '';
        const isToken = takesTokens && this.isLiveToken(bearer);
        const sent = [];
        if (headers['x-api-key'] !== undefined)
            sent.push(headers['x-api-key'] === this.#apiKey);
        if (headers.authorization !== undefined)
            sent.push(bearer === this.#apiKey || isToken);
        return sent.length > 0 && !sent.includes(false);
    }
    isLiveToken(token) {
        const end = this.#tokens.get(token);
        return end !== undefined && this.#now() < end;
    }
}

;// CONCATENATED MODULE: ./emulator/platforms/google-tokens.js






const TOKENS_PREFIX = '/_tokens/';
const PROVIDER = 'projects/123456789012/locations/global/workloadIdentityPools/github/providers/emulator';
const SERVICE_ACCOUNT = 'emulator@emulator-project.iam.gserviceaccount.com';
const GRANT_TYPE = 'urn:ietf:params:oauth:grant-type:token-exchange';
const ACCESS_TOKEN = 'urn:ietf:params:oauth:token-type:access_token';
function credentialsFile(url, source, impersonate = false) {
    const account = `${url}${TOKENS_PREFIX}serviceAccounts/${SERVICE_ACCOUNT}:generateAccessToken`;
    return {
        type: 'external_account',
        audience: `//iam.googleapis.com/${PROVIDER}`,
        subject_token_type: 'urn:ietf:params:oauth:token-type:jwt',
        token_url: `${url}${TOKENS_PREFIX}token`,
        credential_source: { ...source, format: { type: 'json', subject_token_field_name: 'value' } },
        ...(impersonate ? { service_account_impersonation_url: account } : {}),
    };
}
class GoogleTokens {
    #secret = `subject-${(0,external_node_crypto_.randomBytes)(20).toString('hex')}`;
    #parts;
    #trust;
    constructor(federation, parts) {
        this.#trust = federation && trustIn(federation, `https://iam.googleapis.com/${PROVIDER}`);
        this.#parts = parts;
    }
    ownSource(url) {
        return { url: `${url}${TOKENS_PREFIX}subject`, headers: { Authorization: `Bearer ${this.#secret}` } };
    }
    isLive(token) {
        return this.#parts.credentials.isLiveToken(token);
    }
    issue() {
        const token = `ya29.c.${(0,external_node_crypto_.randomBytes)(90).toString('base64url')}`;
        return this.#parts.credentials.issueToken(this.#parts.lifetimeSeconds, token);
    }
    async serve(request, response) {
        const body = new URLSearchParams((await readBody(request)).toString());
        send(response, await this.#answer(splitTarget(request.url).path.slice(TOKENS_PREFIX.length), request, body));
    }
    async #answer(path, { headers }, body) {
        const bearer = headers.authorization?.replace(/^Bearer /i, '') ?? '';
        if (path === 'subject')
            return bearer === this.#secret ? jsonAnswer(200, { value: this.#secret }) : refused(401);
        if (path === 'token')
            return this.#exchange(body);
        if (path !== `serviceAccounts/${SERVICE_ACCOUNT}:generateAccessToken`)
            return refused(404);
        if (!this.isLive(bearer))
            return refused(401);
        const expireTime = new Date(this.#parts.now() + this.#parts.lifetimeSeconds * 1000).toISOString();
        return jsonAnswer(200, { accessToken: this.issue(), expireTime });
    }
    async #exchange(body) {
        const isWellFormed = body.get('grant_type') === GRANT_TYPE &&
            body.get('audience') === `//iam.googleapis.com/${PROVIDER}` &&
            body.get('requested_token_type') === ACCESS_TOKEN &&
            body.get('scope') !== null;
        if (!isWellFormed)
            return jsonAnswer(400, { error: 'invalid_request', error_description: 'Invalid token exchange.' });
        const subject = body.get('subject_token') ?? '';
        const trust = await this.#trust;
        if (subject !== this.#secret && (trust && (await believe(subject, trust, this.#parts.now()))) === undefined)
            return jsonAnswer(400, { error: 'invalid_grant', error_description: 'The subject token is not accepted.' });
        const expiry = { token_type: 'Bearer', expires_in: this.#parts.lifetimeSeconds };
        return jsonAnswer(200, { access_token: this.issue(), issued_token_type: ACCESS_TOKEN, ...expiry });
    }
}
const refused = (code) => jsonAnswer(code, {
    error: { code, message: 'Not for this caller.', status: code === 401 ? 'UNAUTHENTICATED' : 'NOT_FOUND' },
});

;// CONCATENATED MODULE: ./emulator/http/gate.js

function betasOf(headers) {
    const value = headers['anthropic-beta'] ?? '';
    return new Set(String(value)
        .split(',')
        .map((beta) => beta.trim()));
}
async function checkRequest({ method = '', url: target = '', headers }, { route }, { platform, rate }) {
    await platform.admit({ method, target, headers, route });
    if (!route.isExchange) {
        const betas = betasOf(headers);
        if (route.betas.length > 0 && !route.betas.some((beta) => betas.has(beta)))
            throw (0,http_problem/* missing */.LO)('Not found');
        if (!/^\d{4}-\d{2}-\d{2}$/.test(String(headers['anthropic-version'] ?? '')))
            throw (0,http_problem/* invalid */.Gq)('anthropic-version: header is required');
    }
    rate.pass();
}

;// CONCATENATED MODULE: ./emulator/platforms/anthropic.js





const openAnthropic = (credentials, keyNeedsWorkspace) => ({
    prefix: '',
    admit({ headers, route }) {
        const betas = betasOf(headers);
        if (route.isExchange)
            return checkExchange(betas);
        if (!credentials.accept(headers, betas.has(OAUTH_BETA)))
            throw new http_problem/* Problem */.AF(401, 'Authentication failed');
        const named = headers[platform/* WORKSPACE_HEADER */.UG];
        if (named === undefined && keyNeedsWorkspace)
            throw new http_problem/* Problem */.AF(400, `${platform/* WORKSPACE_HEADER */.UG}: header is required for this key`);
        if (named !== undefined && named !== platform/* WORKSPACE_ID */.M6)
            throw new http_problem/* Problem */.AF(403, `${platform/* WORKSPACE_HEADER */.UG}: this credential does not reach the workspace`);
    },
    refusePath: () => (0,http_problem/* missing */.LO)('Not found'),
    accessHeaders: () => ({ 'x-api-key': credentials.apiKey }),
    variables: (url) => ({ ANTHROPIC_BASE_URL: url, ANTHROPIC_API_KEY: credentials.apiKey }),
});

;// CONCATENATED MODULE: ./src/api/credentials/load-cloud.js
const loadCloud = () => import(/* webpackIgnore: true */ '../cloud/index.js')

;// CONCATENATED MODULE: ./emulator/platforms/aws-signature.js


const AUTHORIZATION = /^AWS4-HMAC-SHA256 Credential=([^/]+)\/(\d{8})\/([^/]+)\/([^/]+)\/aws4_request, ?SignedHeaders=([^,]+), ?Signature=[0-9a-f]{64}$/;
const isSigned = ({ authorization = '' }) => authorization.startsWith('AWS4-');
function claimOf(headers) {
    const [, accessKeyId, day, region, service, names] = AUTHORIZATION.exec(headers.authorization ?? '') ?? [];
    const date = headers['x-amz-date'];
    if (accessKeyId === undefined || day === undefined || region === undefined)
        return undefined;
    if (service === undefined || names === undefined || typeof date !== 'string')
        return undefined;
    return { accessKeyId, day, region, service, signedHeaders: names.split(';'), date };
}
function timeOf(date) {
    return Date.parse(date.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z'));
}
const dateOf = (time) => new Date(time).toISOString().replace(/[-:]|\.\d+/g, '');
const load = async () => (await loadCloud()).loadSigner();
let library;
async function loadJudge() {
    library ??= load();
    const { SignatureV4, Sha256 } = await library;
    return async ({ method, target, headers }, claim, credentials) => {
        if (!signsWhatItMust(headers, claim))
            return false;
        const { region, service, signedHeaders, date } = claim;
        const { pathname: path, searchParams } = new URL(target, 'http://localhost');
        const query = parametersOf(searchParams);
        const covered = Object.fromEntries(signedHeaders.map((name) => [name, String(headers[name] ?? '')]));
        const signed = await new SignatureV4({ credentials, region, service, sha256: Sha256 }).sign({ method, protocol: 'http:', hostname: 'localhost', path, query, headers: covered }, { signingDate: new Date(timeOf(date)), signableHeaders: new Set(signedHeaders) });
        return signatureIn(signed.headers.authorization) === signatureIn(headers.authorization);
    };
}
function signsWhatItMust(headers, { signedHeaders }) {
    const must = ['host', ...Object.keys(headers).filter((name) => name.startsWith('x-amz-'))];
    return must.every((name) => signedHeaders.includes(name));
}
const signatureIn = (authorization = '') => authorization.split('Signature=')[1] ?? '';

;// CONCATENATED MODULE: ./emulator/platforms/permission.js
function permissionOf(method, target) {
    const [, , collection = '', id, below] = (target.split('?')[0] ?? '').split('/');
    return { verb: verbOf(method, id, below), collection };
}
function verbOf(method, id, below) {
    if (id === undefined)
        return method === 'GET' ? 'List' : 'Create';
    if (method === 'GET')
        return 'Get';
    if (below === 'archive')
        return 'Archive';
    return method === 'DELETE' && below === undefined ? 'Delete' : 'Update';
}

;// CONCATENATED MODULE: ./emulator/platforms/aws.js





const SERVICE = 'aws-external-anthropic';
const SKEW_MS = 5 * 60_000;
const NOUNS = {
    files: 'File',
    sessions: 'Session',
    agents: 'Agent',
    environments: 'Environment',
    memory_stores: 'MemoryStore',
};
class AwsRefusal extends http_problem/* Problem */.AF {
    #type;
    constructor(type, message, status = 403) {
        super(status, message);
        this.#type = type;
    }
    envelope() {
        return { message: this.message };
    }
    headers() {
        return { 'x-amzn-errortype': this.#type };
    }
}
class Aws {
    prefix = '';
    #region;
    #identity;
    #allow;
    #parts;
    #isGenuine;
    constructor({ region, identity, allow }, parts, isGenuine) {
        this.#region = region ?? 'us-east-1';
        this.#identity = identity ?? madeUpIdentity();
        this.#allow = allow;
        this.#parts = parts;
        this.#isGenuine = isGenuine;
    }
    static async open(options, parts) {
        return new Aws(options, parts, await loadJudge());
    }
    async admit(knock) {
        const { headers } = knock;
        if (isSigned(headers))
            await this.#checkSignature(knock);
        else if (headers.authorization === undefined && headers['x-api-key'] === undefined)
            throw new AwsRefusal('MissingAuthenticationTokenException', 'Missing Authentication Token');
        else if (!this.#parts.credentials.accept(headers, false))
            throw new AwsRefusal('AccessDeniedException', 'Please make sure your API Key is valid.');
        const workspace = headers[platform/* WORKSPACE_HEADER */.UG];
        if (workspace === undefined)
            throw new AwsRefusal('ValidationException', `Missing required header: ${platform/* WORKSPACE_HEADER */.UG}`, 400);
        this.#checkPermission(knock, String(workspace));
        if (workspace !== platform/* WORKSPACE_ID */.M6)
            throw (0,http_problem/* missing */.LO)('Workspace not found');
    }
    async #checkSignature(knock) {
        const { headers } = knock;
        const claim = claimOf(headers);
        if (claim === undefined)
            throw new AwsRefusal('IncompleteSignatureException', 'Authorization header is not complete', 400);
        const { accessKeyId, sessionToken } = this.#identity;
        if (claim.accessKeyId !== accessKeyId || headers['x-amz-security-token'] !== sessionToken)
            throw new AwsRefusal('UnrecognizedClientException', 'The security token included in the request is invalid.');
        if (sessionToken !== undefined && !this.#parts.credentials.isLiveToken(sessionToken))
            throw new AwsRefusal('ExpiredTokenException', 'The security token included in the request is expired');
        if (claim.region !== this.#region || claim.service !== SERVICE || claim.day !== claim.date.slice(0, 8))
            throw invalidSignature(`Credential should be scoped to a valid region. `);
        this.#checkClock(claim.date);
        if (!(await this.#isGenuine(knock, claim, this.#identity)))
            throw invalidSignature('The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.');
    }
    #checkClock(date) {
        const now = this.#parts.now();
        const [earliest, latest] = [now - SKEW_MS, now + SKEW_MS];
        const time = timeOf(date);
        if (time < earliest)
            throw invalidSignature(`Signature expired: ${date} is now earlier than ${dateOf(earliest)} (${dateOf(now)} - 5 min.)`);
        if (!(time <= latest))
            throw invalidSignature(`Signature not yet current: ${date} is still later than ${dateOf(latest)} (${dateOf(now)} + 5 min.)`);
    }
    #checkPermission({ method, target }, workspace) {
        const { verb, collection } = permissionOf(method, target);
        const action = `${verb}${NOUNS[collection] ?? collection}${verb === 'List' ? 's' : ''}`;
        if (this.#allow?.includes(action) !== false)
            return;
        const arn = `arn:aws:${SERVICE}:${this.#region}:123456789012:workspace/${workspace}`;
        throw new AwsRefusal('AccessDeniedException', `User: arn:aws:sts::123456789012:assumed-role/emulator/GitHubActions is not authorized to perform: ${SERVICE}:${action} on resource: ${arn} because no identity-based policy allows the ${SERVICE}:${action} action`);
    }
    checkBody(headers, body) {
        if (isSigned(headers) && headers['x-amz-content-sha256'] !== (0,external_node_crypto_.createHash)('sha256').update(body).digest('hex'))
            throw new AwsRefusal('XAmzContentSHA256MismatchException', "The provided 'x-amz-content-sha256' header does not match what was computed.", 400);
    }
    refusePath() {
        return (0,http_problem/* missing */.LO)('Not found');
    }
    replyHeaders(requestId) {
        return { 'x-amzn-requestid': requestId.replace(/^req/, 'amzn') };
    }
    accessHeaders() {
        return { 'x-api-key': this.#parts.credentials.apiKey, [platform/* WORKSPACE_HEADER */.UG]: platform/* WORKSPACE_ID */.M6 };
    }
    variables(url) {
        const { accessKeyId, secretAccessKey, sessionToken } = this.#identity;
        return {
            AWS_DEFAULT_REGION: this.#region,
            AWS_REGION: this.#region,
            AWS_ACCESS_KEY_ID: accessKeyId,
            AWS_SECRET_ACCESS_KEY: secretAccessKey,
            ...(sessionToken === undefined ? {} : { AWS_SESSION_TOKEN: sessionToken }),
            ANTHROPIC_AWS_BASE_URL: url,
            ANTHROPIC_AWS_WORKSPACE_ID: platform/* WORKSPACE_ID */.M6,
        };
    }
    clear() {
        const { sessionToken } = this.#identity;
        if (sessionToken !== undefined)
            this.#parts.credentials.issueToken(this.#parts.lifetimeSeconds, sessionToken);
    }
}
const invalidSignature = (message) => new AwsRefusal('InvalidSignatureException', message);
function madeUpIdentity() {
    return {
        accessKeyId: `ASIA${(0,external_node_crypto_.randomBytes)(8).toString('hex').toUpperCase()}`,
        secretAccessKey: (0,external_node_crypto_.randomBytes)(30).toString('base64'),
        sessionToken: `IQoJ${(0,external_node_crypto_.randomBytes)(300).toString('base64')}`,
    };
}

;// CONCATENATED MODULE: ./emulator/platforms/google-cloud.js




class GoogleRefusal extends http_problem/* Problem */.AF {
    #state;
    constructor(status, state, message) {
        super(status, message);
        this.#state = state;
    }
    envelope() {
        return { error: { code: this.status, message: this.message, status: this.#state } };
    }
}
const NEEDED = 'Expected OAuth 2 access token, login cookie or other valid authentication credential.';
function openGoogleCloud(options, tokens) {
    const { project = 'emulator-project', location = 'global', role = 'user' } = options;
    const resource = `projects/${project}/locations/${location}/workspaces/${platform/* WORKSPACE_ID */.M6}`;
    const prefix = `/v1/${resource}/invoke`;
    return {
        prefix,
        admit({ method, target, headers: { authorization } }) {
            if (authorization === undefined)
                throw unauthenticated(`Request is missing required authentication credential. ${NEEDED}`);
            if (!tokens.isLive(authorization.replace(/^Bearer /i, '')))
                throw unauthenticated(`Request had invalid authentication credentials. ${NEEDED}`);
            if (role === 'viewer' && method !== 'GET') {
                const { verb, collection } = permissionOf(method, target);
                const noun = collection.replace(/_(.)/g, (_, letter) => letter.toUpperCase());
                throw denied(`Permission 'claude.${noun}.${verb.toLowerCase()}' denied`, resource);
            }
        },
        refusePath(path) {
            const other = /^\/v1\/(projects\/[^/]+\/locations\/[^/]+\/workspaces\/[^/]+)\/invoke\//.exec(path)?.[1];
            if (other !== undefined && other !== resource)
                return denied('Permission denied', other);
            return new GoogleRefusal(404, 'NOT_FOUND', 'Requested entity was not found.');
        },
        accessHeaders: () => ({ authorization: `Bearer ${tokens.issue()}` }),
        variables: (url) => ({
            GOOGLE_CLOUD_PROJECT: project,
            ANTHROPIC_GOOGLE_CLOUD_BASE_URL: `${url}${prefix}`,
            ANTHROPIC_GOOGLE_CLOUD_LOCATION: location,
            ANTHROPIC_GOOGLE_CLOUD_WORKSPACE_ID: platform/* WORKSPACE_ID */.M6,
        }),
        credentialsFile: (url) => credentialsFile(url, tokens.ownSource(url)),
        tokens: (request, response) => void tokens.serve(request, response).catch(() => request.socket.destroy()),
    };
}
const unauthenticated = (message) => new GoogleRefusal(401, 'UNAUTHENTICATED', message);
function denied(what, resource) {
    const place = `on resource '//claude.googleapis.com/${resource}' (or it may not exist).`;
    return new GoogleRefusal(403, 'PERMISSION_DENIED', `${what} ${place}`);
}

;// CONCATENATED MODULE: ./emulator/platforms/open-platform.js




async function openPlatform(options, credentials, now) {
    const { aws = {}, googleCloud = {}, tokenLifetimeSeconds: lifetimeSeconds = 3600, federation } = options;
    switch (options.platform) {
        case 'aws':
            return Aws.open(aws, { credentials, lifetimeSeconds, now });
        case 'google-cloud':
            return openGoogleCloud(googleCloud, new GoogleTokens(federation, { credentials, lifetimeSeconds, now }));
        default:
            return openAnthropic(credentials, options.keyNeedsWorkspace ?? false);
    }
}

;// CONCATENATED MODULE: external "node:timers/promises"
const external_node_timers_promises_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:timers/promises");
;// CONCATENATED MODULE: ./emulator/events/event-stream.js
const LAST = ['session.deleted', 'session.status_terminated'];
class EventStream {
    #waiting = [];
    #sink;
    #leave;
    constructor(leave) {
        this.#leave = leave;
    }
    push(item) {
        if (this.#sink === undefined)
            this.#waiting.push(item);
        else
            this.#sink(item);
    }
    attach(sink) {
        this.#sink = sink;
        for (const item of this.#waiting.splice(0))
            sink(item);
    }
    close() {
        this.#leave();
    }
}
class EventStreams {
    #open = new Map();
    #last = new Map();
    open(sessionId) {
        const streams = this.#open.get(sessionId) ?? new Set();
        this.#open.set(sessionId, streams);
        const stream = new EventStream(() => streams.delete(stream));
        streams.add(stream);
        return stream;
    }
    publish(sessionId, event) {
        this.#last.set(sessionId, event);
        this.#push(sessionId, event);
        if (LAST.includes(event.type))
            this.end(sessionId);
    }
    repeat(sessionId) {
        const event = this.#last.get(sessionId);
        if (event !== undefined)
            this.#push(sessionId, event);
    }
    end(sessionId) {
        this.#finish(sessionId, 'end');
    }
    cut(sessionId) {
        this.#finish(sessionId, 'cut');
    }
    clear() {
        for (const sessionId of [...this.#open.keys()])
            this.end(sessionId);
        this.#last.clear();
    }
    #finish(sessionId, how) {
        this.#push(sessionId, how);
        this.#open.delete(sessionId);
    }
    #push(sessionId, item) {
        for (const stream of this.#open.get(sessionId) ?? [])
            stream.push(item);
    }
}

;// CONCATENATED MODULE: ./emulator/faults/deviant-answer.js


const UPLOAD = 'POST /v1/files';
const CREATE = 'POST /v1/sessions';
const ADD = /^POST \/v1\/sessions\/[^/]+\/resources$/;
const SEND = /^POST \/v1\/sessions\/[^/]+\/events$/;
const READ = /^GET \/v1\/sessions(\/[^/]+)?$/;
const FILES = /^\w+ \/v1\/files(\/[^/]+)?$/;
const LIST = /^GET \/v1\/(files|sessions|sessions\/[^/]+\/resources)$/;
function deviantAnswer(deviations, request, result, now) {
    if (deviations.eventsAnswer202 === true && SEND.test(request))
        return { status: 202, headers: {}, body: Buffer.alloc(0) };
    return resultAnswer(statusOf(deviations, request), deviate(deviations, request, result, now));
}
function statusOf(deviations, request) {
    if (deviations.createAnswers201 === true && request === CREATE)
        return 201;
    return deviations.addAnswers201 === true && ADD.test(request) ? 201 : 200;
}
function deviantRefusal(deviations, answer) {
    if (answer.status < 400)
        return answer;
    const { 'retry-after': _, ...others } = answer.headers;
    const headers = deviations.noRetryAfter === true ? others : answer.headers;
    if (deviations.plainErrors !== true || headers['content-type'] !== 'application/json')
        return { ...answer, headers };
    const { error } = JSON.parse(String(answer.body));
    return { ...answer, headers: { ...headers, 'content-type': 'text/plain' }, body: Buffer.from(error.message) };
}
function deviate(deviations, request, reply, now) {
    if (reply instanceof Download || !Object.values(deviations).includes(true))
        return reply;
    const lag = lagOf(deviations);
    const known = lag > 0 && LIST.test(request) ? madeBefore(now - lag, reply) : reply;
    const text = JSON.stringify(known, (key, value) => {
        if (key === 'updated_at' && deviations.noUpdatedAt === true)
            return undefined;
        if (key === 'next_page' && deviations.noNextPage === true)
            return undefined;
        if (key === 'resources' && deviations.emptyResources === true && READ.test(request))
            return [];
        if (value === 'session_resource_deleted' && deviations.resourceDeleted === true)
            return 'resource_deleted';
        return FILES.test(request) ? deviantFile(deviations, request, key, value) : value;
    });
    return JSON.parse(text);
}
function lagOf({ lateLists, veryLateLists }) {
    if (veryLateLists === true)
        return 5_000;
    return lateLists === true ? 800 : 0;
}
function madeBefore(time, list) {
    return { ...list, data: list.data?.filter(({ created_at }) => !(Date.parse(created_at ?? '') > time)) };
}
function deviantFile(deviations, request, key, value) {
    if (key === 'size_bytes' && deviations.shortUploads === true && request === UPLOAD)
        return Number(value) - 1;
    if (key === 'filename' && deviations.noFilenames === true)
        return undefined;
    if (key === 'filename' && deviations.unnamedFiles === true)
        return 'unnamed';
    if (key === 'scope' && deviations.noScopeFilter === true)
        return undefined;
    return deviations.plainScope === true ? withPlainScope(value) : value;
}
function withPlainScope(value) {
    if (typeof value !== 'object' || value === null || !('scope' in value))
        return value;
    const { scope, ...rest } = value;
    return { ...rest, scope_id: scope?.id };
}

;// CONCATENATED MODULE: ./emulator/faults/deviant-request.js

const deviant_request_ADD = /^POST \/v1\/sessions\/[^/]+\/resources$/;
class ConcurrentAdds {
    #open = new Set();
    enter(deviations, request, response) {
        if (deviations.conflictOnConcurrentAdds !== true || !deviant_request_ADD.test(request))
            return undefined;
        if (this.#open.has(request))
            return new http_problem/* Problem */.AF(409, 'The session is being changed by another request');
        this.#open.add(request);
        response.once('close', () => this.#open.delete(request));
        return undefined;
    }
}
function deviantQuery(deviations, request, search) {
    const query = new URLSearchParams(search);
    if (deviations.ignoresOrder === true)
        query.delete('order');
    if (request === 'GET /v1/files') {
        if (deviations.ignoresIds === true)
            query.delete('ids[]');
        if (deviations.scopeRefused === true && query.has('scope_id'))
            throw (0,http_problem/* invalid */.Gq)('scope_id: Extra inputs are not permitted');
        if (deviations.noScopeFilter === true)
            query.delete('scope_id');
    }
    return query;
}
function deviantBody(deviations, request, json, isKnown) {
    if (request !== 'POST /v1/sessions' || typeof json !== 'object' || json === null)
        return json;
    const { metadata, resources, ...rest } = json;
    const isThere = ({ file_id }) => file_id === undefined || isKnown(file_id);
    const skips = deviations.skipsUnknownFiles === true && Array.isArray(resources);
    return {
        ...rest,
        ...(metadata === undefined || deviations.dropsMetadata === true ? {} : { metadata }),
        ...(resources === undefined ? {} : { resources: skips ? resources.filter(isThere) : resources }),
    };
}

;// CONCATENATED MODULE: ./emulator/faults/faulty-answer.js


const MESSAGE = 'Injected fault';
function answerInstead(fault, requestId) {
    if (fault?.kind === 'html')
        return page(200);
    if (fault?.kind !== 'status')
        return undefined;
    const { status = 503, envelope = true, retryAfter, message = MESSAGE } = fault;
    if (envelope)
        return problemAnswer(new http_problem/* Problem */.AF(status, message, retryAfter === undefined ? {} : { retryAfter }), requestId);
    const headers = { 'content-type': 'text/plain', ...(retryAfter === undefined ? {} : { 'retry-after': retryAfter }) };
    return { status, headers, body: Buffer.from(message) };
}
function spoil(fault, answer) {
    switch (fault?.kind) {
        case 'empty':
            return { ...answer, body: Buffer.alloc(0) };
        case 'truncated-json':
            return { ...answer, body: Buffer.concat([...cutBody(answer.body, Math.floor(sizeOf(answer.body) / 2))]) };
        case 'wrong-shape':
            return jsonAnswer(answer.status, { status: 'ok' });
        default:
            return answer;
    }
}
const page = (status) => ({
    status,
    headers: { 'content-type': 'text/html; charset=utf-8' },
    body: Buffer.from('<!doctype html><html><title>Sign in</title><body>Please sign in to the network.</body></html>'),
});

;// CONCATENATED MODULE: ./emulator/http/event-stream-answer.js
const PING_MS = 15_000;
const PING = ': ping\n\n';
function sendEventStream(response, stream, fault) {
    response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-cache' });
    response.write(PING);
    const pings = setInterval(() => response.write(PING), PING_MS);
    response.once('close', () => clearInterval(pings));
    const line = new StreamLine(response, fault, () => clearInterval(pings));
    stream.attach((item) => line.take(item));
}
class StreamLine {
    #response;
    #fault;
    #silence;
    #written = 0;
    #isOver = false;
    constructor(response, fault, silence) {
        this.#response = response;
        this.#fault = fault;
        this.#silence = silence;
        this.#strike();
    }
    take(item) {
        if (this.#isOver)
            return;
        if (item === 'end')
            this.#end();
        else if (item === 'cut')
            this.#cut();
        else
            this.#write(item);
    }
    #write(event) {
        const text = messageOf(event, this.#fault);
        this.#response.write(this.#fault?.kind === 'duplicate-events' ? text + text : text);
        this.#written += 1;
        this.#strike();
    }
    #strike() {
        if (this.#written < (this.#fault?.afterEvents ?? 0))
            return;
        switch (this.#fault?.kind) {
            case 'reset-mid-reply':
            case 'drop-stream':
                this.#cut();
                break;
            case 'empty':
            case 'end-stream':
                this.#end();
                break;
            case 'stall-stream':
                this.#isOver = true;
                this.#silence();
        }
    }
    #end() {
        this.#isOver = true;
        this.#response.end();
    }
    #cut() {
        this.#isOver = true;
        const { socket } = this.#response;
        this.#response.write(PING, () => socket?.destroySoon());
    }
}
function messageOf(event, fault) {
    const json = JSON.stringify(fault?.kind === 'wrong-shape' ? { status: 'ok' } : event);
    const data = fault?.kind === 'truncated-json' ? json.slice(0, json.length >> 1) : json;
    return `event: ${event.type}\ndata: ${data}\n\n`;
}

// EXTERNAL MODULE: ../../node_modules/@fastify/busboy/index.js
var busboy = __nccwpck_require__(2666);
;// CONCATENATED MODULE: ./emulator/http/upload.js



async function receiveUpload(body, headers, store, maxBytes) {
    const contentType = headers['content-type'] ?? '';
    if (!/^multipart\/form-data;.*boundary=/i.test(contentType)) {
        await drain(body);
        throw (0,http_problem/* invalid */.Gq)('Content-Type must be multipart/form-data with a boundary');
    }
    const { parts, fields } = await parse(body, { ...headers, 'content-type': contentType }, store, maxBytes);
    const [part] = parts;
    if (part === undefined)
        throw (0,http_problem/* invalid */.Gq)('file: Field required');
    const blob = await part.blob;
    if (parts.length === 1 && !part.stream.truncated)
        return { filename: part.filename, contentType: part.contentType, blob, fields };
    for (const one of parts)
        store.drop((await one.blob).path);
    if (parts.length > 1)
        throw (0,http_problem/* invalid */.Gq)('file: exactly one file is expected');
    throw new http_problem/* Problem */.AF(413, `File is larger than the maximum of ${maxBytes} bytes`);
}
async function parse(body, headers, store, maxBytes) {
    const parts = [];
    const fields = {};
    const parser = new busboy.Busboy({
        headers,
        preservePath: true,
        isPartAFile: (name, _type, filename) => name === 'file' || filename !== undefined,
        limits: { fileSize: maxBytes },
    });
    parser.on('file', (_field, stream, filename, _encoding, contentType) => {
        const blob = store.receive(stream);
        blob.catch(() => { });
        parts.push({ filename, contentType, blob, stream });
    });
    parser.on('field', (name, value) => {
        fields[name] = value;
    });
    try {
        await (0,promises_namespaceObject.pipeline)(body, parser);
    }
    catch (error) {
        for (const { stream } of parts)
            stream.destroy();
        if (body.errored !== null || !body.readableEnded)
            throw error;
        throw (0,http_problem/* invalid */.Gq)(`Malformed multipart body: ${error instanceof Error ? error.message : String(error)}`);
    }
    return { parts, fields };
}
async function drain(body) {
    for await (const _chunk of body)
        ;
}

;// CONCATENATED MODULE: ./emulator/http/receive.js





async function receive(request, route, line, parts) {
    const body = throttle(request, parts.bytesPerSecond, parts.signal);
    try {
        if (route?.takes === 'upload') {
            const upload = await receiveUpload(body, request.headers, parts.world.settings.blobs, parts.maxFileBytes);
            line.upload(upload);
            return { upload };
        }
        const bytes = await readBody(body);
        if (route === undefined)
            return {};
        const json = route.takes === 'json' ? parseJson(bytes) : undefined;
        if (route.takes === 'json')
            line.body(json);
        parts.platform.checkBody?.(request.headers, bytes);
        return { json };
    }
    catch (error) {
        if (error instanceof http_problem/* Problem */.AF)
            return { problem: error };
        throw error;
    }
}
function throttle(body, bytesPerSecond, signal) {
    if (bytesPerSecond === undefined)
        return body;
    return external_node_stream_.Readable.from(paced(body, bytesPerSecond, signal), { objectMode: false });
}
async function* paced(body, bytesPerSecond, signal) {
    const start = performance.now();
    let sent = 0;
    for await (const chunk of body) {
        sent += chunk.length;
        const wait = start + (sent / bytesPerSecond) * 1000 - performance.now();
        if (wait > 1)
            await (0,external_node_timers_promises_namespaceObject.setTimeout)(wait, undefined, { signal });
        yield chunk;
    }
}

// EXTERNAL MODULE: ../../node_modules/find-my-way/index.js
var find_my_way = __nccwpck_require__(9509);
;// CONCATENATED MODULE: ./emulator/agent/evaluation.js
const UNFINISHED = ['pending', 'running', 'evaluating'];
const DEFAULT_ITERATIONS = 3;
const NO_USAGE = {
    cache_creation_input_tokens: 0,
    cache_read_input_tokens: 0,
    input_tokens: 0,
    output_tokens: 0,
};
function openOutcome({ outcome_evaluations }) {
    return outcome_evaluations.find(({ result }) => UNFINISHED.includes(result));
}
function withOutcome(facts, { outcome_id, description }) {
    const begun = { type: 'outcome_evaluation', outcome_id, description, iteration: 0 };
    const evaluation = { ...begun, result: 'pending', explanation: null, completed_at: null };
    return { ...facts, outcome_evaluations: [...facts.outcome_evaluations, evaluation] };
}
function withEvaluation(facts, change) {
    const open = openOutcome(facts);
    const changed = (each) => (each === open ? { ...each, ...change } : each);
    return { ...facts, outcome_evaluations: facts.outcome_evaluations.map(changed) };
}
function evaluate(session, message, act) {
    const open = openOutcome(session.record.facts);
    if (open?.outcome_id !== message.outcome_id)
        return;
    const { iteration, outcome_id } = open;
    const isLast = iteration + 1 >= (message.max_iterations ?? DEFAULT_ITERATIONS);
    const result = act.result === 'needs_revision' && isLast ? 'max_iterations_reached' : act.result;
    const explanation = act.explanation ?? `The emulator finds it ${result}`;
    const start = { ...session.head(), type: 'span.outcome_evaluation_start', iteration, outcome_id };
    const end = { ...session.head(), type: 'span.outcome_evaluation_end', iteration, outcome_id };
    session.tell(start, { ...session.head(), type: 'span.outcome_evaluation_ongoing', iteration, outcome_id }, { ...end, outcome_evaluation_start_id: start.id, result, explanation, usage: { ...NO_USAGE } });
    const isRevised = result === 'needs_revision';
    session.changeFacts(withEvaluation(session.record.facts, {
        explanation,
        iteration: isRevised ? iteration + 1 : iteration,
        result: isRevised ? 'running' : result,
        completed_at: isRevised ? null : end.processed_at,
    }));
}

;// CONCATENATED MODULE: ./emulator/sessions/budget.js



const budget_limit = (0,schema/* object */.Ik)({
    type: dist/* literal */.eu('limit'),
    max_list_cost: (0,schema/* object */.Ik)({
        amount: dist/* pipe */.Fs((0,schema/* text */.Qq)(32), dist/* regex */.yG(/^[1-9]\d*$/, 'Input should be a positive whole number of cents')),
        currency: dist/* literal */.eu('USD'),
    }),
});
function updatedBudget(facts, sent) {
    if (sent === undefined)
        return facts.budget;
    if (sent === null)
        return null;
    if (facts.budget === null)
        throw (0,http_problem/* invalid */.Gq)('budget: can only be set when the session is created', 'budget_create_only');
    if (Number(sent.max_list_cost.amount) <= consumed(facts))
        throw (0,http_problem/* invalid */.Gq)('budget: max_list_cost must be above the consumed list cost', 'budget_not_raised');
    return sent;
}
function consumed({ usage }) {
    return Number(usage.list_cost?.amount ?? 0);
}
function isAtCap(facts, more = 0) {
    return facts.budget !== null && consumed(facts) + more >= Number(facts.budget.max_list_cost.amount);
}

;// CONCATENATED MODULE: ./emulator/events/sent-event.js



const MAX_TEXT = 32 * 1024 * 1024;
const MAX_RUBRIC = 262_144;
const MAX_BLOCKS = 1000;
const block = (0,schema/* object */.Ik)({ type: dist/* literal */.eu('text', 'the emulator takes text only'), text: (0,schema/* text */.Qq)(MAX_TEXT) });
const sent_event_message = dist/* strictObject */.re({ type: dist/* literal */.eu('user.message'), content: (0,schema/* someOf */.yU)(block, MAX_BLOCKS, 'block') });
const outcome = dist/* strictObject */.re({
    type: dist/* literal */.eu('user.define_outcome'),
    description: (0,schema/* text */.Qq)(1_000_000),
    rubric: dist/* variant */.Ox('type', [
        dist/* strictObject */.re({ type: dist/* literal */.eu('text'), content: (0,schema/* text */.Qq)(MAX_RUBRIC) }),
        dist/* strictObject */.re({ type: dist/* literal */.eu('file'), file_id: schema.id }),
    ]),
    max_iterations: (0,schema/* optional */.lq)((0,schema/* wholeNumber */.rD)(1, 20)),
});
const initialEvent = dist/* variant */.Ox('type', [sent_event_message, outcome]);
const sendable = dist/* variant */.Ox('type', [
    sent_event_message,
    dist/* strictObject */.re({ type: dist/* literal */.eu('user.interrupt'), session_thread_id: (0,schema/* optional */.lq)(schema.id) }),
    outcome,
    dist/* pipe */.Fs(dist/* strictObject */.re({
        type: dist/* literal */.eu('user.tool_confirmation'),
        tool_use_id: schema.id,
        result: dist/* picklist */.KI(['allow', 'deny']),
        deny_message: (0,schema/* optional */.lq)((0,schema/* text */.Qq)(1_000_000, 0)),
    }), dist/* forward */.sY(dist/* check */.z6(({ result, deny_message }) => result === 'deny' || deny_message === undefined, 'only allowed when result is deny'), ['deny_message'])),
]);
function sentEventOf(world, sent) {
    const head = eventHead(world);
    switch (sent.type) {
        case 'user.message':
            return { ...head, ...sent, content: [...sent.content] };
        case 'user.interrupt':
            return { ...head, ...sent, session_thread_id: sent.session_thread_id ?? null };
        case 'user.define_outcome':
            return { ...head, ...sent, outcome_id: world.newId('outc'), max_iterations: sent.max_iterations ?? null };
        case 'user.tool_confirmation':
            return { ...head, ...sent, deny_message: sent.deny_message ?? null };
    }
}

;// CONCATENATED MODULE: ./emulator/events/event-operations.js











const SENDING = (0,schema/* object */.Ik)({ events: (0,schema/* someOf */.yU)(sendable, 50, 'event') });
const sendEvents = (world, call) => {
    const session = findOpenSession(world, param(call, 'session'));
    const events = (0,schema/* decode */.D4)(SENDING, call.json).events.map((event) => sentEventOf(world, event));
    checkConfirmations(world, session, events);
    checkCap(session, events);
    const told = replaceSession(world, takeEvents(world, session, events));
    for (const event of events)
        if (event.type === 'user.tool_confirmation')
            world.scripted.confirm(session.facts.id, event);
    const ids = new Set(events.map(({ id }) => id));
    const isSent = (event) => ids.has(event.id);
    return { data: told.events.map(({ event }) => event).filter(isSent) };
};
function takeEvents(world, session, events) {
    let current = session;
    for (const event of events)
        current = takeEvent(world, current, event);
    return current;
}
function takeEvent(world, session, event) {
    switch (event.type) {
        case 'user.interrupt':
            return takeInterrupt(world, session, event);
        case 'user.tool_confirmation':
            return withEvent(world, session, event);
        default:
            return takeMessage(world, session, event);
    }
}
function checkConfirmations(world, session, events) {
    const ids = events.flatMap((event) => (event.type === 'user.tool_confirmation' ? [event.tool_use_id] : []));
    const asking = world.scripted.asking(session.facts.id);
    const wrong = ids.find((id, index) => !asking.includes(id) || ids.indexOf(id) !== index);
    if (wrong !== undefined)
        throw (0,http_problem/* invalid */.Gq)(`tool_use_id: ${wrong} is not waiting for a confirmation`);
}
function checkCap({ facts }, events) {
    if (isAtCap(facts) && events.some(isTask))
        throw (0,http_problem/* invalid */.Gq)(`Session ${facts.id} has reached its budget`);
    const outcomes = events.filter(({ type }) => type === 'user.define_outcome').length;
    if (outcomes > 1 || (outcomes > 0 && openOutcome(facts) !== undefined))
        throw (0,http_problem/* invalid */.Gq)('user.define_outcome: another outcome is not finished');
}
const isTask = ({ type }) => type === 'user.message' || type === 'user.define_outcome';
function takeInterrupt(world, session, event) {
    const heard = withEvent(world, session, event);
    const end = { result: 'interrupted', completed_at: world.timestamp() };
    const told = { ...heard, facts: withEvaluation(heard.facts, end) };
    const isIdle = session.facts.status === 'idle';
    if (isIdle)
        world.scripted.drop(session.facts.id);
    return !isIdle && world.scripted.interrupt(session.facts.id) ? told : withStatus(world, told, 'idle');
}
function takeMessage(world, session, event) {
    const { id, status } = session.facts;
    const waits = world.scripted.hear(id, event, status === 'idle');
    const told = waits && event.type === 'user.message' ? { ...event, processed_at: null } : event;
    const current = event.type === 'user.define_outcome' ? { ...session, facts: withOutcome(session.facts, event) } : session;
    const heard = withEvent(world, current, told);
    return waits && status === 'idle' ? heard : withStatus(world, heard, 'running');
}
const withEvent = (world, session, event) => ({
    ...session,
    events: [...session.events, recordEvent(world, event)],
});
const streamEvents = (world, call) => {
    const { id, status } = findSession(world, param(call, 'session')).facts;
    const stream = world.streams.open(id);
    if (status === 'terminated')
        stream.push('end');
    return stream;
};
const listEvents = (world, call) => {
    const { query } = call;
    const wanted = decodeQuery({ order: (0,dist/* optional */.lq)(order, 'asc'), 'types[]': words, ...range }, query);
    const types = wanted['types[]'];
    const events = findSession(world, param(call, 'session')).events.filter(({ at, event }) => isWithin(wanted, at) && (types.length === 0 || types.includes(event.type)));
    const { items, next } = paginate(events, query, { order: wanted.order, size: 100 });
    return { data: items.map(({ event }) => event), next_page: next };
};

;// CONCATENATED MODULE: ./emulator/files/file-list.js





const DEFAULT_LIMIT = 20;
const MAX_IDS = 100;
const FILTERS = { scope_id: word, 'ids[]': words, limit: limit, page: word, before_id: word, after_id: word };
const listFiles = (world, { query, betas }) => {
    const wanted = decodeQuery(FILTERS, query);
    const files = inScope(listedFiles(world), wanted, betas);
    const shown = (items) => items.map((file) => fileMetadata(world, file, betas));
    if (wanted['ids[]'].length > 0)
        return { data: shown(byIds(files, wanted)), next_page: null };
    if (betas.has(FILES_BETA)) {
        const { items, hasMore } = byMarks(files.toReversed(), wanted);
        return { data: shown(items), ...marks(items, hasMore) };
    }
    if (wanted.before_id !== undefined || wanted.after_id !== undefined)
        throw (0,http_problem/* invalid */.Gq)(`before_id and after_id need the ${FILES_BETA} beta; use page`);
    const { items, next } = paginate(files, query, { order: 'desc', size: DEFAULT_LIMIT });
    const page = { data: shown(items), next_page: next };
    return betas.has(MANAGED_AGENTS_BETA) ? { ...page, ...marks(items, next !== null) } : page;
};
function inScope(files, { scope_id: scope }, betas) {
    if (scope === undefined)
        return files;
    if (!betas.has(MANAGED_AGENTS_BETA) && !betas.has(FILES_BETA))
        throw (0,http_problem/* invalid */.Gq)(`scope_id: needs the ${MANAGED_AGENTS_BETA} beta`);
    return files.filter((file) => file.scope?.id === scope);
}
function byIds(files, { 'ids[]': ids, page, limit }) {
    const wanted = new Set(ids);
    if (wanted.size > MAX_IDS)
        throw (0,http_problem/* invalid */.Gq)(`ids: at most ${MAX_IDS} ids are allowed`);
    if (page !== undefined || limit !== undefined)
        throw (0,http_problem/* invalid */.Gq)('ids: cannot be combined with page or limit');
    return files.filter(({ id }) => wanted.has(id)).toReversed();
}
function byMarks(newestFirst, { limit = DEFAULT_LIMIT, before_id: before, after_id: after }) {
    if (before !== undefined) {
        const end = position(newestFirst, before, 'before_id');
        const start = Math.max(0, end - limit);
        return { items: newestFirst.slice(start, end), hasMore: start > 0 };
    }
    const start = after === undefined ? 0 : position(newestFirst, after, 'after_id') + 1;
    return { items: newestFirst.slice(start, start + limit), hasMore: start + limit < newestFirst.length };
}
function position(files, id, name) {
    const index = files.findIndex((file) => file.id === id);
    if (index === -1)
        throw (0,http_problem/* invalid */.Gq)(`${name}: no such file in this list`);
    return index;
}
const marks = (items, hasMore) => ({
    has_more: hasMore,
    first_id: items[0]?.id ?? null,
    last_id: items.at(-1)?.id ?? null,
});

;// CONCATENATED MODULE: ./emulator/files/file-operations.js






const MAX_NAME = 255;
const FORBIDDEN = /[<>:"|?*\\/\p{Cc}]/u;
const FIELDS = dist/* object */.Ik({ expires_in_seconds: dist/* optional */.lq(digits(3600, 7_776_000)) });
const uploadFile = (world, call) => {
    const { upload } = call;
    if (upload === undefined)
        throw (0,http_problem/* invalid */.Gq)('file: Field required');
    const filename = decodeFilename(upload.filename);
    const { expires_in_seconds: seconds } = (0,schema/* decode */.D4)(FIELDS, upload.fields);
    const file = addFile(world, {
        filename,
        mimeType: upload.contentType,
        expiresAt: seconds === undefined ? null : world.now() + seconds * 1000,
        downloadable: false,
        scope: null,
        origin: 'upload',
        copyOf: null,
        blob: upload.blob,
    });
    return fileMetadata(world, file, call.betas);
};
function decodeFilename(sent) {
    if (sent === undefined)
        return 'unnamed';
    const name = sent.slice(sent.lastIndexOf('/') + 1);
    if (name === '' || [...name].length > MAX_NAME)
        throw (0,http_problem/* invalid */.Gq)(`filename: should have 1 to ${MAX_NAME} characters`);
    if (FORBIDDEN.test(name))
        throw (0,http_problem/* invalid */.Gq)('filename: contains forbidden characters');
    return name;
}
const retrieveFile = (world, call) => fileMetadata(world, findFile(world, param(call, 'file')), call.betas);
const downloadFile = (world, call) => {
    const file = findLiveFile(world, param(call, 'file'));
    if (!file.downloadable || file.blob.content === null)
        throw new http_problem/* Problem */.AF(400, `File ${file.id} is not downloadable`, { code: 'file_not_downloadable' });
    return new Download(file.blob.content, file.mimeType);
};
const deleteFile = (world, call) => {
    const { id } = findFile(world, param(call, 'file'));
    removeFile(world, id);
    return { id, type: 'file_deleted' };
};

;// CONCATENATED MODULE: ./emulator/sessions/environment.js




function addEnvironment(world, seed) {
    const now = world.timestamp();
    const packages = { apt: [], cargo: [], gem: [], go: [], npm: [], pip: [] };
    const environment = {
        id: seed.id,
        type: 'environment',
        name: seed.name ?? seed.id,
        description: null,
        config: seed.selfHosted === true
            ? { type: 'self_hosted' }
            : { type: 'cloud', networking: { type: 'unrestricted' }, packages },
        metadata: {},
        created_at: now,
        updated_at: now,
        archived_at: seed.archived === true ? now : null,
    };
    world.environments.set(environment.id, environment);
    return environment;
}
const NOT_FOUND = 'environment_not_found';
const retrieveEnvironment = (world, call) => findEnvironment(world, param(call, 'environment'));
const listEnvironments = (world, { query }) => {
    const { include_archived: archivedToo } = decodeQuery({ include_archived: flag }, query);
    const environments = [...world.environments.values()].filter(({ archived_at }) => archivedToo || archived_at === null);
    return paginateAll(environments, query);
};
function findEnvironment(world, id) {
    const environment = world.environments.get(id);
    if (environment === undefined)
        throw (0,http_problem/* missing */.LO)(`Environment not found: ${id}`, NOT_FOUND);
    return environment;
}
function usableEnvironment(world, id) {
    const environment = findEnvironment(world, id);
    if (environment.archived_at !== null)
        throw (0,http_problem/* invalid */.Gq)(`Environment ${id} is archived`, 'environment_archived');
    return environment;
}

// EXTERNAL MODULE: ./src/text/json.js
var json = __nccwpck_require__(8071);
;// CONCATENATED MODULE: ./emulator/sessions/metadata.js



const MAX_PAIRS = 16;
const MAX_KEY = 64;
const VALUE = (0,schema/* text */.Qq)(512, 0);
const decodeMetadata = (sent = {}) => merge({}, sent, VALUE);
const mergeMetadata = (before, sent = {}) => merge(before, sent, dist/* nullable */.me(VALUE));
function merge(before, sent, value) {
    const after = { ...before };
    for (const [key, entry] of Object.entries(sent)) {
        if (key.length < 1 || key.length > MAX_KEY)
            throw (0,http_problem/* invalid */.Gq)(`metadata: keys should have 1 to ${MAX_KEY} characters`);
        const decoded = (0,schema/* decode */.D4)(value, entry, `metadata.${key}`);
        if (decoded === null)
            delete after[key];
        else
            after[key] = decoded;
    }
    if (Object.keys(after).length > MAX_PAIRS)
        throw (0,http_problem/* invalid */.Gq)(`metadata: at most ${MAX_PAIRS} pairs are allowed`);
    return after;
}

;// CONCATENATED MODULE: ./emulator/sessions/memory-store.js








function addMemoryStore(world, seed) {
    const now = world.timestamp();
    const store = {
        id: seed.id ?? world.newId('memstore'),
        type: 'memory_store',
        name: seed.name,
        description: seed.description ?? '',
        metadata: { ...seed.metadata },
        created_at: now,
        updated_at: now,
        archived_at: seed.archived === true ? now : null,
    };
    world.memoryStores.set(store.id, { seq: world.nextSeq(), store });
    return store;
}
function findMemoryStore(world, id) {
    const record = world.memoryStores.get(id);
    if (record === undefined)
        throw (0,http_problem/* missing */.LO)(`Memory store not found: ${id}`);
    return record.store;
}
const CREATION = (0,schema/* object */.Ik)({
    name: (0,schema/* text */.Qq)(255),
    description: (0,schema/* optional */.lq)((0,schema/* text */.Qq)(1024, 0)),
    metadata: dist/* optional */.lq(json/* jsonObject */.o$),
});
const createMemoryStore = (world, { json }) => {
    const { metadata, ...sent } = (0,schema/* decode */.D4)(CREATION, json);
    return addMemoryStore(world, { ...sent, metadata: decodeMetadata(metadata) });
};
const listMemoryStores = (world, { query }) => {
    const { include_archived: archivedToo } = decodeQuery({ include_archived: flag }, query);
    const stores = [...world.memoryStores.values()].filter(({ store }) => archivedToo || store.archived_at === null);
    const { items, next } = paginate(stores, query, { order: 'desc', size: 20 });
    return { data: items.map(({ store }) => store), next_page: next };
};
const retrieveMemoryStore = (world, call) => findMemoryStore(world, param(call, 'store'));
const deleteMemoryStore = (world, call) => {
    const { id } = findMemoryStore(world, param(call, 'store'));
    world.memoryStores.delete(id);
    return { id, type: 'memory_store_deleted' };
};

;// CONCATENATED MODULE: ./emulator/sessions/mount-path.js


const ROOT = '/mnt/session/uploads';
const MAX_LENGTH = 4096;
const refuse = (reason) => (0,http_problem/* invalid */.Gq)(`Invalid file resource: ${reason}`);
function fileMountPath(sent, fileId) {
    if (sent === undefined)
        return `${ROOT}/${fileId}`;
    const segments = withoutRoot(sent)
        .split('/')
        .filter((segment) => segment !== '' && segment !== '.');
    if (sent.length > MAX_LENGTH || /\p{Cc}/u.test(sent))
        throw refuse('mount_path is too long or holds control characters');
    if (segments.includes('..'))
        throw refuse(`mount_path ${JSON.stringify(sent)} escapes /uploads/`);
    if (segments.length === 0)
        throw refuse(`mount_path ${JSON.stringify(sent)} names no file`);
    return external_node_path_.posix.join(ROOT, ...segments);
}
function withoutRoot(sent) {
    const root = [`${ROOT}/`, '/uploads/'].find((prefix) => sent.startsWith(prefix));
    return root === undefined ? sent : sent.slice(root.length);
}
function repositoryMountPath(sent, repository) {
    const path = sent ?? `/workspace/${repository}`;
    const clean = external_node_path_.posix.normalize(path).replace(/\/$/, '');
    if (!path.startsWith('/') || path.split('/').includes('..') || clean === '')
        throw (0,http_problem/* invalid */.Gq)(`Invalid github_repository resource: mount_path ${JSON.stringify(path)} is not an absolute path`);
    return clean;
}
function memoryMountPath(name) {
    const slug = name
        .toLowerCase()
        .replaceAll(/[^a-z0-9]+/g, '-')
        .replaceAll(/^-|-$/g, '');
    return `/mnt/memory/${slug === '' ? 'store' : slug}`;
}
function refuseOverlap(path, taken) {
    for (const other of taken) {
        if (path !== other && !path.startsWith(`${other}/`) && !other.startsWith(`${path}/`))
            continue;
        throw refuse(`mount_path ${mount_path_short(path)} overlaps another resource at ${mount_path_short(other)}`);
    }
}
const mount_path_short = (path) => (path.startsWith(`${ROOT}/`) ? path.slice('/mnt/session'.length) : path);
const mountPaths = (resources) => resources.flatMap(({ resource }) => (typeof resource.mount_path === 'string' ? [resource.mount_path] : []));

;// CONCATENATED MODULE: ./emulator/sessions/mount.js






const REPOSITORY = /^https:\/\/github\.com\/[A-Za-z0-9-]+\/(?!\.+$)([A-Za-z0-9._-]+)(?<!\.git)$/;
const checkout = dist/* variant */.Ox('type', [
    dist/* strictObject */.re({ type: dist/* literal */.eu('branch'), name: (0,schema/* text */.Qq)(255) }),
    dist/* strictObject */.re({
        type: dist/* literal */.eu('commit'),
        sha: dist/* pipe */.Fs((0,schema/* text */.Qq)(64, 7), dist/* regex */.yG(/^[0-9a-f]+$/i, 'Input should be hexadecimal')),
    }),
]);
const mount_path = (0,schema/* optional */.lq)((0,schema/* text */.Qq)(4096));
const FILE = dist/* strictObject */.re({ type: dist/* literal */.eu('file'), file_id: schema.id, mount_path });
const resource = dist/* variant */.Ox('type', [
    FILE,
    dist/* strictObject */.re({
        type: dist/* literal */.eu('github_repository'),
        url: dist/* pipe */.Fs((0,schema/* text */.Qq)(2048), dist/* regex */.yG(REPOSITORY, 'Input should have the form https://github.com/<owner>/<repository>')),
        authorization_token: (0,schema/* optional */.lq)((0,schema/* text */.Qq)(4096)),
        mount_path,
        checkout: (0,schema/* optional */.lq)(checkout),
    }),
    dist/* strictObject */.re({
        type: dist/* literal */.eu('memory_store'),
        memory_store_id: schema.id,
        access: (0,schema/* optional */.lq)(dist/* picklist */.KI(['read_write', 'read_only'])),
        instructions: (0,schema/* optional */.lq)((0,schema/* text */.Qq)(4096, 0)),
    }),
]);
const addition = dist/* variant */.Ox('type', [
    FILE,
    dist/* looseObject */._H({ type: dist/* picklist */.KI(['github_repository', 'memory_store']) }),
]);
const MAX_MEMORY_STORES = 8;
function mountsOf(world, asked, environment) {
    refuseTooMany(world, asked.length);
    const other = asked.findIndex(({ type }) => type !== 'memory_store');
    if (other !== -1 && environment.config.type === 'self_hosted')
        throw (0,http_problem/* invalid */.Gq)(`resources.${other}.type: a self-hosted environment takes memory stores only`);
    const mounts = asked.map((each) => mountOf(world, each));
    if (mounts.filter(({ type }) => type === 'memory_store').length > MAX_MEMORY_STORES)
        throw (0,http_problem/* invalid */.Gq)(`resources: at most ${MAX_MEMORY_STORES} memory stores are allowed`);
    const taken = [];
    for (const { mountPath } of mounts) {
        refuseOverlap(mountPath, taken);
        taken.push(mountPath);
    }
    return mounts;
}
function addedMountOf(world, asked, present) {
    if (asked.type !== 'file')
        throw (0,http_problem/* invalid */.Gq)(`type: a ${asked.type} can only be attached when the session is created`);
    refuseTooMany(world, present.length + 1);
    const mount = mountOf(world, asked);
    refuseOverlap(mount.mountPath, mountPaths(present));
    return mount;
}
function refuseTooMany(world, count) {
    const { maxResources } = world.settings;
    if (count > maxResources)
        throw (0,http_problem/* invalid */.Gq)(`resources: a session takes at most ${maxResources} resources`);
}
function mountOf(world, asked) {
    const { type } = asked;
    switch (type) {
        case 'file': {
            const mountPath = fileMountPath(asked.mount_path, asked.file_id);
            return { type, mountPath, original: findLiveFile(world, asked.file_id) };
        }
        case 'github_repository': {
            const { url, checkout } = asked;
            const [, repository = ''] = REPOSITORY.exec(url) ?? [];
            return { type, mountPath: repositoryMountPath(asked.mount_path, repository), url, checkout };
        }
        case 'memory_store': {
            const store = findMemoryStore(world, asked.memory_store_id);
            if (store.archived_at !== null)
                throw (0,http_problem/* invalid */.Gq)(`Memory store ${store.id} is archived`);
            const { access = 'read_write', instructions = null } = asked;
            return { type, mountPath: memoryMountPath(store.name), store, access, instructions };
        }
    }
}

;// CONCATENATED MODULE: ./emulator/sessions/resource.js


function attach(world, sessionId, mount) {
    const id = world.newId('sesrsc');
    const now = world.timestamp();
    return { seq: world.nextSeq(), id, resource: resourceOf(world, sessionId, mount, { id, now }) };
}
function resourceOf(world, sessionId, mount, { id, now }) {
    const times = { created_at: now, updated_at: now };
    switch (mount.type) {
        case 'file': {
            const copy = copyFile(world, mount.original, sessionId);
            return { id, type: 'file', file_id: copy.id, mount_path: mount.mountPath, ...times };
        }
        case 'github_repository': {
            const { type, url, checkout, mountPath } = mount;
            return { id, type, url, mount_path: mountPath, ...(checkout === undefined ? {} : { checkout }), ...times };
        }
        case 'memory_store': {
            const { id: memory_store_id, name, description } = mount.store;
            const { type, access, instructions, mountPath } = mount;
            return { type, memory_store_id, name, description, access, instructions, mount_path: mountPath };
        }
    }
}
function findResource(session, id) {
    const found = session.resources.find((record) => record.id === id && 'id' in record.resource);
    if (found === undefined)
        throw (0,http_problem/* missing */.LO)(`Session resource not found: ${id}`);
    return found;
}

;// CONCATENATED MODULE: ./emulator/sessions/resource-operations.js








const addResource = (world, call) => {
    const session = findOpenSession(world, param(call, 'session'));
    const mount = addedMountOf(world, (0,schema/* decode */.D4)(addition, call.json), session.resources);
    const record = attach(world, session.facts.id, mount);
    replaceSession(world, { ...session, resources: [...session.resources, record] });
    return record.resource;
};
const listResources = (world, call) => {
    const { resources } = findSession(world, param(call, 'session'));
    const { items, next } = paginate(resources, call.query, { order: 'asc' });
    return { data: items.map(({ resource }) => resource), next_page: next };
};
const retrieveResource = (world, call) => findResource(findSession(world, param(call, 'session')), param(call, 'resource')).resource;
const ROTATION = (0,schema/* object */.Ik)({ authorization_token: (0,schema/* text */.Qq)(4096) });
const rotateToken = (world, call) => {
    const session = findOpenSession(world, param(call, 'session'));
    const { id, resource } = findResource(session, param(call, 'resource'));
    (0,schema/* decode */.D4)(ROTATION, call.json);
    if (resource.type !== 'github_repository')
        throw (0,http_problem/* invalid */.Gq)(`A ${resource.type} resource has no authorization_token`);
    const rotated = { ...resource, updated_at: world.timestamp() };
    const resources = session.resources.map((record) => (record.id === id ? { ...record, resource: rotated } : record));
    replaceSession(world, { ...session, resources });
    return rotated;
};
const deleteResource = (world, call) => {
    const session = findOpenSession(world, param(call, 'session'));
    const { id, resource } = findResource(session, param(call, 'resource'));
    if (resource.type !== 'file')
        throw (0,http_problem/* invalid */.Gq)(`A ${resource.type} resource is attached for the session's lifetime`);
    replaceSession(world, { ...session, resources: session.resources.filter((record) => record.id !== id) });
    removeFile(world, resource.file_id);
    return { id, type: 'session_resource_deleted' };
};

;// CONCATENATED MODULE: ./emulator/sessions/session-create.js













const MAX_TITLE = 500;
const MAX_INITIAL_EVENTS = 50;
const MAX_ENTRIES = 100_000;
const session_create_CREATION = (0,schema/* object */.Ik)({
    title: (0,schema/* optional */.lq)((0,schema/* text */.Qq)(MAX_TITLE, 0)),
    metadata: dist/* optional */.lq(json/* jsonObject */.o$),
    vault_ids: dist/* optional */.lq((0,schema/* list */.p_)(dist/* string */.Yj(), 100), []),
    budget: (0,schema/* optional */.lq)(budget_limit),
    initial_events: dist/* optional */.lq((0,schema/* list */.p_)(initialEvent, MAX_INITIAL_EVENTS), []),
    resources: dist/* optional */.lq((0,schema/* list */.p_)(resource, MAX_ENTRIES), []),
    agent: agentReference,
    environment_id: schema.id,
});
const createSession = (world, call) => {
    const sent = (0,schema/* decode */.D4)(session_create_CREATION, call.json);
    const metadata = decodeMetadata(sent.metadata);
    const agent = sessionAgentOf(world, sent.agent);
    const environment = usableEnvironment(world, sent.environment_id);
    const mounts = mountsOf(world, sent.resources, environment);
    const unknown = sent.vault_ids.find((vault) => !world.vaults.has(vault));
    if (unknown !== undefined)
        throw (0,http_problem/* missing */.LO)(`Vault not found: ${unknown}`);
    const facts = newFacts(world, {
        agent,
        environment_id: environment.id,
        title: sent.title ?? null,
        metadata,
        vault_ids: [...sent.vault_ids],
        budget: sent.budget ?? null,
    });
    const resources = mounts.map((mount) => attach(world, facts.id, mount));
    const events = sent.initial_events.map((event) => sentEventOf(world, event));
    const session = takeEvents(world, { seq: world.nextSeq(), facts, resources, events: [], threads: [] }, events);
    world.sessions.set(facts.id, session);
    return sessionObject(session);
};
function newFacts(world, given) {
    const now = world.nextBeginning();
    return {
        id: world.newId('sesn'),
        type: 'session',
        status: 'idle',
        ...given,
        outcome_evaluations: [],
        stats: { active_seconds: 0, duration_seconds: 0 },
        usage: { input_tokens: 0, output_tokens: 0 },
        created_at: now,
        updated_at: now,
        archived_at: null,
        deployment_id: null,
    };
}

;// CONCATENATED MODULE: ./emulator/sessions/session-list.js





const STATUSES = ['rescheduling', 'running', 'idle', 'terminated'];
const session_list_FILTERS = {
    order: (0,dist/* optional */.lq)(order, 'desc'),
    include_archived: flag,
    agent_id: word,
    agent_version: (0,dist/* optional */.lq)(digits(1, Number.MAX_SAFE_INTEGER)),
    ...range,
    'statuses[]': words,
    deployment_id: word,
    memory_store_id: word,
};
const listSessions = (world, { query }) => {
    const wanted = decodeQuery(session_list_FILTERS, query);
    const { order, 'statuses[]': statuses, agent_id, agent_version, deployment_id, memory_store_id } = wanted;
    const unknown = statuses.find((status) => !STATUSES.includes(status));
    if (unknown !== undefined)
        throw (0,http_problem/* invalid */.Gq)(`statuses: unknown status ${unknown}`);
    const sessions = [...world.sessions.values()]
        .filter(({ facts, resources }) => (wanted.include_archived || facts.archived_at === null) &&
        isWithin(wanted, Date.parse(facts.created_at)) &&
        (statuses.length === 0 || statuses.includes(facts.status)) &&
        isIt(agent_id, facts.agent.id) &&
        isIt(agent_version, facts.agent.version) &&
        isIt(deployment_id, facts.deployment_id) &&
        (memory_store_id === undefined || resources.some((record) => isOfStore(record, memory_store_id))))
        .toSorted((a, b) => a.seq - b.seq);
    const { items, next, previous } = paginate(sessions, query, { order, size: 20 });
    return { data: items.map(sessionObject), next_page: next, prev_page: previous };
};
const isIt = (wanted, value) => wanted === undefined || wanted === value;
const isOfStore = ({ resource }, id) => resource.type === 'memory_store' && resource.memory_store_id === id;

;// CONCATENATED MODULE: ./emulator/sessions/session-operations.js










const session_operations_MAX_TITLE = 500;
const retrieveSession = (world, call) => sessionObject(findSession(world, param(call, 'session')));
const session_operations_unread = dist/* optional */.lq((0,schema/* list */.p_)(dist/* unknown */.L5(), 1000));
const UPDATE = (0,schema/* object */.Ik)({
    vault_ids: dist/* optional */.lq(dist/* never */.Zm('cannot be changed after creation')),
    title: (0,schema/* optional */.lq)((0,schema/* text */.Qq)(session_operations_MAX_TITLE)),
    metadata: (0,schema/* optional */.lq)(json/* jsonObject */.o$),
    budget: dist/* optional */.lq(dist/* nullable */.me(budget_limit)),
    agent: dist/* optional */.lq((0,schema/* object */.Ik)({ tools: session_operations_unread, mcp_servers: session_operations_unread })),
});
const updateSession = (world, call) => {
    const session = findSession(world, param(call, 'session'));
    const { facts } = session;
    const sent = (0,schema/* decode */.D4)(UPDATE, call.json);
    const { title = facts.title } = sent;
    const metadata = mergeMetadata(facts.metadata, sent.metadata);
    const budget = updatedBudget(facts, sent.budget);
    if (sent.agent !== undefined && facts.status !== 'idle')
        throw (0,http_problem/* invalid */.Gq)(`agent: cannot be updated while the session is ${facts.status}`);
    if (facts.archived_at !== null)
        throw (0,http_problem/* invalid */.Gq)(`Session ${facts.id} is archived`);
    const updated = { ...session, facts: { ...facts, title, metadata, budget } };
    if (sent.budget === undefined)
        return sessionObject(replaceSession(world, updated));
    const event = { ...eventHead(world), type: 'session.updated', budget };
    const told = { ...updated, events: [...session.events, recordEvent(world, event)] };
    const resumed = world.scripted.resume(facts.id) ? withStatus(world, told, 'running') : told;
    return sessionObject(replaceSession(world, resumed));
};
const archiveSession = (world, call) => {
    const session = findSession(world, param(call, 'session'));
    const { id, status, archived_at } = session.facts;
    if (archived_at !== null)
        return sessionObject(session);
    if (status === 'running' || status === 'rescheduling')
        throw (0,http_problem/* invalid */.Gq)(`Session ${id} cannot be archived: its status is ${status}, only pending or idle sessions can be`);
    const ended = withStatus(world, session, 'terminated');
    return sessionObject(replaceSession(world, { ...ended, facts: { ...ended.facts, archived_at: world.timestamp() } }));
};
const deleteSession = (world, call) => {
    const { id, status } = findSession(world, param(call, 'session')).facts;
    if (status === 'running')
        throw (0,http_problem/* invalid */.Gq)(`Cannot delete session ${id} while it is running. Send a user.interrupt event or wait until it is idle.`);
    world.sessions.delete(id);
    world.scripted.forget(id);
    world.streams.publish(id, { ...eventHead(world), type: 'session.deleted' });
    for (const file of [...world.files.values()])
        if (file.scope?.id === id)
            removeFile(world, file.id);
    return { id, type: 'session_deleted' };
};

;// CONCATENATED MODULE: ./emulator/sessions/threads.js




const listThreads = (world, call) => {
    const threads = threadsOf(findSession(world, param(call, 'session')));
    const { 'statuses[]': statuses } = decodeQuery({ 'statuses[]': words }, call.query);
    return paginateAll(threads.filter(({ status }) => statuses.length === 0 || statuses.includes(status)), call.query);
};
function primaryThreadId(sessionId) {
    return sessionId.replace(/^sesn/, 'sthr');
}
function threadsOf({ facts, threads }) {
    const { id: session_id, agent, status, stats, usage, created_at, updated_at, archived_at } = facts;
    const { multiagent: _, ...threadAgent } = agent;
    const primary = {
        id: primaryThreadId(session_id),
        type: 'session_thread',
        session_id,
        agent: threadAgent,
        parent_thread_id: null,
        workflow_run_id: null,
        status,
        stats,
        usage,
        created_at,
        updated_at,
        archived_at,
    };
    const others = threads.map(({ id, name, status }) => ({
        ...primary,
        id,
        parent_thread_id: primary.id,
        agent: { ...threadAgent, name },
        status,
        stats: null,
        usage: null,
    }));
    return [primary, ...others];
}

;// CONCATENATED MODULE: ./emulator/routes.js













const routes_FILES = [
    ['POST', '/v1/files', uploadFile, 'upload'],
    ['GET', '/v1/files', listFiles],
    ['GET', '/v1/files/:file', retrieveFile],
    ['DELETE', '/v1/files/:file', deleteFile],
    ['GET', '/v1/files/:file/content', downloadFile],
];
const SESSIONS = [
    ['POST', '/v1/sessions', createSession, 'json'],
    ['GET', '/v1/sessions', listSessions],
    ['GET', '/v1/sessions/:session', retrieveSession],
    ['POST', '/v1/sessions/:session', updateSession, 'json'],
    ['DELETE', '/v1/sessions/:session', deleteSession],
    ['POST', '/v1/sessions/:session/archive', archiveSession],
    ['POST', '/v1/sessions/:session/resources', addResource, 'json'],
    ['GET', '/v1/sessions/:session/resources', listResources],
    ['GET', '/v1/sessions/:session/resources/:resource', retrieveResource],
    ['POST', '/v1/sessions/:session/resources/:resource', rotateToken, 'json'],
    ['DELETE', '/v1/sessions/:session/resources/:resource', deleteResource],
    ['POST', '/v1/sessions/:session/events', sendEvents, 'json'],
    ['GET', '/v1/sessions/:session/events', listEvents],
    ['GET', '/v1/sessions/:session/events/stream', streamEvents],
    ['GET', '/v1/sessions/:session/threads', listThreads],
    ['GET', '/v1/agents', listAgents],
    ['GET', '/v1/agents/:agent', retrieveAgent],
    ['GET', '/v1/environments', listEnvironments],
    ['GET', '/v1/environments/:environment', retrieveEnvironment],
];
const MEMORY_STORES = [
    ['POST', '/v1/memory_stores', createMemoryStore, 'json'],
    ['GET', '/v1/memory_stores', listMemoryStores],
    ['GET', '/v1/memory_stores/:store', retrieveMemoryStore],
    ['DELETE', '/v1/memory_stores/:store', deleteMemoryStore],
];
function createRoutes(exchange) {
    const router = find_my_way({ maxParamLength: 1000 });
    const add = (lines, betas) => {
        for (const [method, path, operation, takes = 'nothing'] of lines) {
            const route = { operation, takes, betas, isExchange: operation === exchange };
            router.on(method, path, () => { }, route);
        }
    };
    add([['POST', '/v1/oauth/token', exchange, 'json']], []);
    add(routes_FILES, []);
    add(SESSIONS, [MANAGED_AGENTS_BETA]);
    add(MEMORY_STORES, [MEMORY_BETA, MANAGED_AGENTS_BETA]);
    return (method, path) => {
        if (method !== 'GET' && method !== 'POST' && method !== 'DELETE')
            return undefined;
        const found = router.find(method, path);
        return found === null ? undefined : { route: found.store, params: found.params };
    };
}

;// CONCATENATED MODULE: ./emulator/server.js














function createListener(parts) {
    const findRoute = createRoutes(parts.desk.exchange);
    const adds = new ConcurrentAdds();
    return (request, response) => {
        const isBelow = takePrefix(request, parts.platform.prefix);
        const { path, search } = splitTarget(request.url);
        const method = request.method ?? '';
        const requestId = parts.world.newId('req');
        const fault = parts.faults.strike(method, path);
        const line = parts.journal.open(request, requestId, fault?.kind);
        const { socket } = request;
        const conflict = adds.enter(parts.deviations, `${method} ${path}`, response);
        const match = isBelow ? findRoute(method, path) : undefined;
        const exchange = { request, socket, path, search, requestId, line, fault, match, conflict };
        response.setHeader('request-id', requestId);
        for (const [name, value] of Object.entries(parts.platform.replyHeaders?.(requestId) ?? {}))
            response.setHeader(name, value);
        if (parts.deviations.noWorkspaceId !== true)
            response.setHeader(platform/* WORKSPACE_HEADER */.UG, platform/* WORKSPACE_ID */.M6);
        serve(parts, exchange, response).catch(() => socket.destroy());
    };
}
function takePrefix(request, prefix) {
    const { url = '' } = request;
    if (!url.startsWith(prefix))
        return false;
    request.url = url.slice(prefix.length);
    return true;
}
async function serve(parts, exchange, response) {
    const { fault, socket } = exchange;
    if (fault?.kind === 'refuse')
        socket.destroy();
    else if (fault?.kind === 'reset-before-read')
        socket.resetAndDestroy();
    else {
        const answer = await produce(parts, exchange);
        if (answer instanceof EventStream)
            response.once('close', () => answer.close());
        const wait = parts.latencyMs + (fault?.kind === 'slow' ? (fault.delayMs ?? 1000) : 0);
        if (wait > 0)
            await (0,external_node_timers_promises_namespaceObject.setTimeout)(wait, undefined, { signal: parts.signal });
        deliver(exchange, response, answer);
    }
}
function deliver({ fault, line, socket }, response, answer) {
    if (response.destroyed || fault?.kind === 'never-answer')
        return;
    if (fault?.kind === 'reset-after-commit')
        socket.resetAndDestroy();
    else if (answer instanceof EventStream) {
        line.status(200);
        sendEventStream(response, answer, fault);
    }
    else if (fault?.kind === 'reset-mid-reply')
        sendHalf(response, answer);
    else {
        const sent = spoil(fault, answer);
        line.status(sent.status);
        if (sent.status === 401)
            response.removeHeader(platform/* WORKSPACE_HEADER */.UG);
        send(response, sent);
    }
}
async function produce(parts, exchange) {
    const answer = await produceAnswer(parts, exchange);
    return answer instanceof EventStream ? answer : deviantRefusal(parts.deviations, answer);
}
async function produceAnswer(parts, exchange) {
    const { requestId, fault } = exchange;
    const instead = answerInstead(fault, requestId);
    const admitted = instead === undefined ? await admit(parts, exchange) : undefined;
    const received = await receive(exchange.request, exchange.match?.route, exchange.line, parts);
    try {
        if (instead !== undefined)
            return instead;
        if (admitted === undefined || admitted instanceof http_problem/* Problem */.AF)
            throw admitted;
        const problem = received.problem ?? exchange.conflict;
        if (problem !== undefined)
            throw problem;
        return await act(parts, exchange, admitted, received);
    }
    catch (error) {
        return problemAnswer(error, requestId);
    }
    finally {
        if (received.upload !== undefined)
            dropUnused(parts.world, received.upload.blob);
    }
}
async function act(parts, exchange, match, received) {
    const { world, deviations } = parts;
    const line = `${exchange.request.method} ${exchange.path}`;
    const json = deviantBody(deviations, line, received.json, (id) => world.files.has(id));
    const query = deviantQuery(deviations, line, exchange.search);
    const call = callOf(exchange, query, match, { ...received, json });
    if (exchange.fault?.kind === 'duplicate')
        await match.route.operation(world, call);
    const result = await match.route.operation(world, call);
    if (result instanceof EventStream)
        return result;
    return deviantAnswer(deviations, line, result, world.now());
}
async function admit(parts, { match, request, path }) {
    if (match === undefined)
        return parts.platform.refusePath(path);
    try {
        await checkRequest(request, match, parts);
        return match;
    }
    catch (error) {
        if (error instanceof http_problem/* Problem */.AF)
            return error;
        throw error;
    }
}
const callOf = ({ request }, query, { params }, { json, upload }) => ({
    params,
    query,
    betas: betasOf(request.headers),
    json,
    upload,
});

;// CONCATENATED MODULE: ./emulator/snapshot.js


function snapshotOf(world) {
    const files = [...world.files.values()].filter((file) => !isExpired(world, file));
    return {
        files: files.map((file) => fileSnapshot(world, file)),
        sessions: [...world.sessions.values()].map(sessionObject),
    };
}
function fileSnapshot(world, file) {
    const { id, filename, downloadable, scope, origin, copyOf, blob } = file;
    return {
        id,
        filename,
        downloadable,
        scope,
        origin,
        copyOf,
        size_bytes: blob.sizeBytes,
        sha256: blob.sha256,
        created_at: world.timestamp(file.createdAt),
        expires_at: file.expiresAt === null ? null : world.timestamp(file.expiresAt),
        path: blob.path,
    };
}

;// CONCATENATED MODULE: ./emulator/agent/agent-event.js

const ANONYMOUS_TOOL_USE = { id: 'sevt_none', isMcp: false };
function eventOfAct(world, act, { fill, toolUse }) {
    const head = eventHead(world);
    switch (act.act) {
        case 'message':
            return { ...head, type: 'agent.message', content: [{ type: 'text', text: fill(act.text) }] };
        case 'thinking':
            return { ...head, type: 'agent.thinking' };
        case 'tool-use':
            return { ...head, type: 'agent.tool_use', name: act.name, input: { ...act.input }, evaluated_permission: 'allow' };
        case 'mcp-tool-use': {
            const { server, name, input } = act;
            const use = { name, input: { ...input }, mcp_server_name: server, evaluated_permission: 'allow' };
            return { ...head, type: 'agent.mcp_tool_use', ...use };
        }
        case 'tool-result': {
            const { id, isMcp } = toolUse ?? ANONYMOUS_TOOL_USE;
            const content = [{ type: 'text', text: fill(act.text ?? '') }];
            const result = { content, is_error: act.isError ?? false };
            return isMcp
                ? { ...head, type: 'agent.mcp_tool_result', mcp_tool_use_id: id, ...result }
                : { ...head, type: 'agent.tool_result', tool_use_id: id, ...result };
        }
        case 'error':
            return { ...head, type: 'session.error', error: errorOf(act) };
        case 'event':
            return { ...head, ...act.event };
    }
}
function errorOf(act) {
    const { type, message, repositoryUrl } = act;
    const error = { message, retry_status: { type: act.retryStatus ?? 'retrying' } };
    switch (type) {
        case 'mcp_connection_failed_error':
        case 'mcp_authentication_failed_error':
            return { ...error, type, mcp_server_name: 'emulator' };
        case 'credential_host_unreachable_error':
            return { ...error, type, credential_id: 'cred_emulator', vault_id: 'vlt_emulator' };
        case 'repository_authentication_error':
        case 'repository_forbidden_error':
        case 'repository_not_found_error':
        case 'repository_checkout_error':
        case 'repository_clone_error':
            return { ...error, type, repository_url: repositoryUrl ?? null };
        default:
            return { ...error, type };
    }
}
function idleEvent(world, stop) {
    const head = { ...eventHead(world), type: 'session.status_idle' };
    if (typeof stop !== 'string')
        return { ...head, stop_reason: { type: 'requires_action', event_ids: [...stop.waitsFor] }, stop_details: null };
    const stop_details = stop === 'refusal' ? { type: 'refusal', category: null, explanation: 'The emulator refused' } : null;
    return { ...head, stop_reason: { type: stop }, stop_details };
}

;// CONCATENATED MODULE: ./emulator/agent/agent-usage.js


const INPUT_TOKENS = 1200;
const OUTPUT_TOKENS = 350;
const CACHE_READ_TOKENS = 800;
const CACHE_WRITE_TOKENS = 200;
const COST_CENTS = 2;
function withTurn(world, facts, startedAt, spent) {
    const { usage, stats } = facts;
    const cents = consumed(facts) + spent;
    const written = usage.cache_creation?.ephemeral_5m_input_tokens ?? 0;
    const seconds = (world.now() - startedAt) / 1000;
    const active_seconds = (stats.active_seconds ?? 0) + seconds;
    return {
        ...facts,
        usage: {
            ...usage,
            active_seconds,
            input_tokens: (usage.input_tokens ?? 0) + INPUT_TOKENS,
            output_tokens: (usage.output_tokens ?? 0) + OUTPUT_TOKENS,
            cache_read_input_tokens: (usage.cache_read_input_tokens ?? 0) + CACHE_READ_TOKENS,
            cache_creation: { ephemeral_5m_input_tokens: written + CACHE_WRITE_TOKENS, ephemeral_1h_input_tokens: 0 },
            list_cost: { amount: String(cents), currency: 'USD' },
        },
        stats: { active_seconds, duration_seconds: Math.max(0, world.now() - Date.parse(facts.created_at)) / 1000 },
    };
}
function usageEvent(world, { usage, budget }) {
    const { list_cost, server_tool_use: _, ...tokens } = usage;
    const snapshot = { ...tokens, ...(list_cost == null ? {} : { list_cost }) };
    return { ...eventHead(world), type: 'session.usage', usage: snapshot, budget };
}

;// CONCATENATED MODULE: ./emulator/agent/asks.js
const WINDOW = 5;
class Asks {
    #session;
    thread;
    #open;
    constructor(session, { tools, thread }) {
        this.#session = session;
        this.thread = thread;
        this.#open = tools.map((tool) => askingEvent(session, tool, thread));
        session.tell(...this.#open);
    }
    get window() {
        return this.#open.slice(0, WINDOW).map(({ id }) => id);
    }
    get confirmable() {
        const custom = this.#open.filter(({ type }) => type === 'agent.custom_tool_use').map(({ id }) => id);
        return this.window.filter((id) => !custom.includes(id));
    }
    take({ tool_use_id: id, result, deny_message }) {
        const asked = this.#open.find((each) => each.id === id);
        this.#open = this.#open.filter((each) => each.id !== id);
        if (this.thread !== undefined || asked === undefined)
            return;
        const isDenied = result === 'deny';
        const text = isDenied ? `Permission denied: ${deny_message ?? 'no reason given'}` : 'done';
        const said = { content: [{ type: 'text', text }], is_error: isDenied };
        this.#session.tell(asked.type === 'agent.mcp_tool_use'
            ? { ...this.#session.head(), type: 'agent.mcp_tool_result', mcp_tool_use_id: id, ...said }
            : { ...this.#session.head(), type: 'agent.tool_result', tool_use_id: id, ...said });
    }
}
function askForOne({ kind, name = 'ask', input }) {
    return { act: 'ask', tools: [{ name, input, isCustom: kind === 'custom-tool' }] };
}
function askingEvent(session, { server, name, input, isCustom = false }, thread) {
    const of = thread === undefined ? {} : { session_thread_id: thread };
    const use = { ...session.head(), name, input: { ...input }, ...of };
    if (isCustom)
        return { ...use, type: 'agent.custom_tool_use' };
    const asks = { evaluated_permission: 'ask', evaluation: { type: 'always_ask' } };
    return server === undefined
        ? { ...use, type: 'agent.tool_use', ...asks }
        : { ...use, type: 'agent.mcp_tool_use', mcp_server_name: server, ...asks };
}

;// CONCATENATED MODULE: ./emulator/agent/live-session.js


class SessionOver extends Error {
}
class LiveSession {
    world;
    #id;
    constructor(world, id) {
        this.world = world;
        this.#id = id;
    }
    get record() {
        const session = this.world.sessions.get(this.#id);
        if (session === undefined || session.facts.status === 'terminated')
            throw new SessionOver();
        return session;
    }
    change(change) {
        replaceSession(this.world, change(this.record));
    }
    changeFacts(facts) {
        this.change((session) => ({ ...session, facts: { ...session.facts, ...facts } }));
    }
    tell(...events) {
        const records = events.map((event) => recordEvent(this.world, event));
        this.change((session) => ({ ...session, events: [...session.events, ...records] }));
    }
    turnTo(status) {
        this.change((session) => withStatus(this.world, session, status));
    }
    head() {
        return eventHead(this.world);
    }
}

;// CONCATENATED MODULE: ./emulator/agent/thread-acts.js

function threadStatusEvent(session, id, stop_reason) {
    const { facts, threads } = session.record;
    const agent_name = threads.find((thread) => thread.id === id)?.name ?? facts.agent.name;
    const of = { ...session.head(), agent_name, session_thread_id: id };
    return stop_reason === undefined
        ? { ...of, type: 'session.thread_status_running' }
        : { ...of, type: 'session.thread_status_idle', stop_reason, stop_details: null };
}
function threadIdOf({ record: { threads, facts } }, name) {
    return threads.findLast((thread) => thread.name === name)?.id ?? primaryThreadId(facts.id);
}
function actOfThread(session, { name, does, text = '' }) {
    if (does === 'begins') {
        const id = session.world.newId('sthr');
        session.change((record) => ({ ...record, threads: [...record.threads, { id, name, status: 'running' }] }));
        const of = { agent_name: name, session_thread_id: id, workflow_run_id: null };
        session.tell({ ...session.head(), type: 'session.thread_created', ...of }, threadStatusEvent(session, id));
        return;
    }
    const id = threadIdOf(session, name);
    if (does === 'says') {
        const said = { from_session_thread_id: id, from_agent_name: name, content: [{ type: 'text', text }] };
        session.tell({ ...session.head(), type: 'agent.thread_message_received', ...said });
        return;
    }
    session.change((record) => ({
        ...record,
        threads: record.threads.map((thread) => (thread.id === id ? { ...thread, status: 'idle' } : thread)),
    }));
    session.tell(threadStatusEvent(session, id, { type: 'end_turn' }));
}

;// CONCATENATED MODULE: ./emulator/agent/turn-ends.js







function beginTurn(session, message) {
    session.change((record) => {
        const { events, ...running } = withStatus(session.world, record, 'running');
        const isOutcome = message.type === 'user.define_outcome';
        return {
            ...running,
            facts: isOutcome ? withEvaluation(running.facts, { result: 'running' }) : running.facts,
            events: events.map((each) => (each.event.id === message.id ? { ...each, event: message } : each)),
        };
    });
    session.tell(threadStatusEvent(session, primaryThreadId(session.record.facts.id)));
}
function endTurn(session, event, { startedAt, spent, keepsStatus }) {
    const { world } = session;
    session.change((record) => {
        const facts = withTurn(world, record.facts, startedAt, spent);
        const thread = threadStatusEvent(session, primaryThreadId(facts.id), event.stop_reason);
        const ended = [thread, usageEvent(world, facts), event].map((each) => recordEvent(world, each));
        const status = keepsStatus ? facts.status : 'idle';
        return { ...record, facts: { ...facts, status }, events: [...record.events, ...ended] };
    });
}
function fillIn(text, { record: { resources } }, message) {
    const mounted = mountPaths(resources).join(', ') || 'nothing';
    return text.replaceAll('{{mounted}}', () => mounted).replaceAll('{{prompt}}', () => promptOf(message));
}
function promptOf(message) {
    if (message.type === 'user.define_outcome')
        return message.description;
    if (message.type !== 'user.message')
        return '';
    return message.content.map((block) => (block.type === 'text' ? block.text : '')).join('\n');
}

;// CONCATENATED MODULE: ./emulator/agent/turn-files.js



class TurnFiles {
    #world;
    #sessionId;
    #late = [];
    constructor(world, sessionId) {
        this.#world = world;
        this.#sessionId = sessionId;
    }
    write(filename, output, lagMs) {
        if (lagMs > 0)
            this.#late.push({ filename, output, lagMs });
        else
            addOutput(this.#world, this.#sessionId, filename, blobOf(output));
    }
    writeLate(life) {
        for (const { filename, output, lagMs } of this.#late.splice(0)) {
            const write = () => {
                if (this.#world.sessions.has(this.#sessionId))
                    this.write(filename, output, 0);
            };
            (0,external_node_timers_promises_namespaceObject.setTimeout)(lagMs, undefined, { signal: life }).then(write, () => { });
        }
    }
}

;// CONCATENATED MODULE: ./emulator/agent/agent-turn.js











const STREAM_ACTS = { 'drop-streams': 'cut', 'end-streams': 'end', 'duplicate-last': 'repeat' };
class Turn {
    #world;
    #sessionId;
    #session;
    #message;
    #life;
    #stop = new AbortController();
    #over;
    #startedAt;
    #awake = new AbortController();
    #toolUse;
    #files;
    #spent;
    #asks;
    #held = new external_node_events_.EventEmitter();
    constructor(world, sessionId, message, life) {
        this.#world = world;
        this.#sessionId = sessionId;
        this.#session = new LiveSession(world, sessionId);
        this.#message = message;
        this.#life = life;
        this.#startedAt = world.now();
        this.#files = new TurnFiles(world, sessionId);
        this.#over = AbortSignal.any([life, this.#stop.signal]);
    }
    get isOver() {
        return this.#stop.signal.aborted || this.#life.aborted;
    }
    get isPaused() {
        return this.#held.listenerCount('release') > 0 && this.#asks === undefined;
    }
    get asking() {
        return this.#asks?.confirmable;
    }
    stop() {
        this.#stop.abort();
    }
    wake() {
        this.#awake.abort();
    }
    resume() {
        this.#held.emit('release');
    }
    confirm(confirmation) {
        this.#asks?.take(confirmation);
        this.#held.emit('release');
    }
    async perform(acts) {
        if (acts.some(({ act }) => act === 'spend'))
            this.#spent = 0;
        await this.#wait(0);
        beginTurn(this.#session, this.#message);
        for (const act of acts) {
            await this.#act(act);
            this.#stop.signal.throwIfAborted();
        }
    }
    idle(event, { keepsStatus = false } = {}) {
        endTurn(this.#session, event, { startedAt: this.#startedAt, spent: this.#spent ?? COST_CENTS, keepsStatus });
        if (this.#spent !== undefined)
            this.#spent = 0;
        this.#files.writeLate(this.#life);
    }
    idleAtEnd() {
        this.idle(idleEvent(this.#world, 'end_turn'));
    }
    async #act(act) {
        switch (act.act) {
            case 'wait':
                return this.#wait(act.ms);
            case 'output-file':
                return this.#output(act);
            case 'spend':
                return this.#spend(act.cents);
            case 'evaluate':
                return this.#message.type === 'user.define_outcome' ? evaluate(this.#session, this.#message, act) : undefined;
            case 'thread':
                return actOfThread(this.#session, act);
            case 'ask':
                return this.#ask(act);
            case 'requires-action':
                return this.#ask(askForOne(act));
            case 'idle':
                return this.idle(idleEvent(this.#world, act.stopReason ?? 'end_turn'));
            case 'idle-event-before-status':
                this.idle(idleEvent(this.#world, 'end_turn'), { keepsStatus: true });
                await this.#wait(act.ms);
                return this.#session.changeFacts({ status: 'idle' });
            case 'flap':
                this.#session.turnTo('running');
                await this.#wait(act.ms);
                return this.#session.turnTo('idle');
            case 'running':
            case 'rescheduling':
            case 'terminated':
                return this.#session.turnTo(act.act);
            case 'drop-streams':
            case 'end-streams':
            case 'duplicate-last':
                return this.#world.streams[STREAM_ACTS[act.act]](this.#sessionId);
            default:
                return this.#tell(act);
        }
    }
    #tell(act) {
        const event = eventOfAct(this.#world, act, {
            fill: (text) => fillIn(text, this.#session, this.#message),
            toolUse: this.#toolUse,
        });
        if (act.act === 'tool-use')
            this.#toolUse = { id: event.id, isMcp: false };
        if (act.act === 'mcp-tool-use')
            this.#toolUse = { id: event.id, isMcp: true };
        this.#session.tell(event);
    }
    async #spend(cents) {
        while (isAtCap(this.#session.record.facts, this.#spent)) {
            this.idle(idleEvent(this.#world, 'budget_reached'));
            await (0,external_node_events_.once)(this.#held, 'release', { signal: this.#over });
            this.#session.turnTo('running');
        }
        this.#spent = (this.#spent ?? 0) + cents;
    }
    async #ask({ act, tools, thread }) {
        const threadId = thread === undefined ? undefined : threadIdOf(this.#session, thread);
        const asks = new Asks(this.#session, { act, tools, thread: threadId });
        this.#asks = asks;
        while (asks.window.length > 0) {
            const idle = idleEvent(this.#world, { waitsFor: asks.window });
            if (threadId === undefined)
                this.idle(idle);
            else
                this.#session.tell(threadStatusEvent(this.#session, threadId, idle.stop_reason));
            await (0,external_node_events_.once)(this.#held, 'release', { signal: this.#over });
            if (threadId === undefined)
                this.#session.turnTo('running');
            else
                this.#session.tell(threadStatusEvent(this.#session, threadId));
        }
        this.#asks = undefined;
    }
    #output({ filename, content = '', sizeBytes, indexingLagMs = 0 }) {
        this.#files.write(filename, sizeBytes === undefined ? fillIn(content, this.#session, this.#message) : { sizeBytes }, indexingLagMs);
    }
    async #wait(ms) {
        const awake = new AbortController();
        this.#awake = awake;
        const signal = AbortSignal.any([this.#over, awake.signal]);
        await (0,external_node_timers_promises_namespaceObject.setTimeout)(ms, undefined, { signal }).catch((error) => {
            if (!awake.signal.aborted)
                throw error;
        });
    }
}

;// CONCATENATED MODULE: ./emulator/agent/scripted-agent.js



class ScriptedAgent {
    #world;
    #script;
    #life = new AbortController();
    #conversations = new Map();
    constructor(world) {
        this.#world = world;
    }
    follow(script) {
        this.#script = script === 'silent' ? undefined : script;
    }
    hear(sessionId, message, isIdle) {
        if (this.#script === undefined)
            return false;
        const conversation = this.#conversation(sessionId);
        if (conversation.isBusy && (!isIdle || conversation.turn?.asking !== undefined)) {
            conversation.queue = [...conversation.queue, message];
            return true;
        }
        conversation.turn?.stop();
        this.#start(conversation, message);
        return false;
    }
    interrupt(sessionId) {
        const conversation = this.#conversations.get(sessionId);
        if (conversation?.turn === undefined)
            return false;
        conversation.queue = [];
        conversation.turn.stop();
        if (!conversation.isStopping)
            void this.#settle(conversation, conversation.turn);
        return true;
    }
    drop(sessionId) {
        const conversation = this.#conversations.get(sessionId);
        if (conversation?.turn === undefined || (conversation.turn.asking === undefined && !conversation.turn.isPaused))
            return;
        conversation.turn.stop();
        conversation.isBusy = false;
        conversation.queue = [];
    }
    resume(sessionId) {
        const turn = this.#conversations.get(sessionId)?.turn;
        if (turn?.isOver !== false || !turn.isPaused)
            return false;
        turn.resume();
        return true;
    }
    asking(sessionId) {
        const turn = this.#conversations.get(sessionId)?.turn;
        return turn?.isOver === false ? (turn.asking ?? []) : [];
    }
    confirm(sessionId, confirmation) {
        this.#conversations.get(sessionId)?.turn?.confirm(confirmation);
    }
    wake(sessionId) {
        this.#conversations.get(sessionId)?.turn?.wake();
    }
    forget(sessionId) {
        this.#conversations.get(sessionId)?.turn?.stop();
        this.#conversations.delete(sessionId);
    }
    clear() {
        this.#life.abort();
        this.#life = new AbortController();
        this.#script = undefined;
        this.#conversations.clear();
    }
    #conversation(sessionId) {
        const known = this.#conversations.get(sessionId);
        if (known !== undefined)
            return known;
        const begun = { sessionId, turns: 0, turn: undefined, isBusy: false, isStopping: false, queue: [] };
        this.#conversations.set(sessionId, begun);
        return begun;
    }
    #start(conversation, message) {
        const turns = this.#script?.turns ?? [];
        const acts = turns[Math.min(conversation.turns, turns.length - 1)] ?? [];
        const turn = new Turn(this.#world, conversation.sessionId, message, this.#life.signal);
        conversation.turns += 1;
        conversation.turn = turn;
        conversation.isBusy = true;
        turn.perform(acts).then(() => this.#next(conversation, turn), (error) => ignoreEnd(turn.isOver, error));
    }
    async #settle(conversation, turn) {
        conversation.isStopping = true;
        conversation.isBusy = true;
        const life = this.#life.signal;
        try {
            await (0,external_node_timers_promises_namespaceObject.setTimeout)(this.#script?.interruptLagMs ?? 0, undefined, { signal: life });
            conversation.isStopping = false;
            turn.idleAtEnd();
            this.#next(conversation, turn);
        }
        catch (error) {
            ignoreEnd(life.aborted, error);
        }
    }
    #next(conversation, turn) {
        if (conversation.turn !== turn || conversation.isStopping)
            return;
        const [message, ...queue] = conversation.queue;
        conversation.isBusy = false;
        conversation.queue = queue;
        if (message !== undefined)
            this.#start(conversation, message);
    }
}
function ignoreEnd(isOver, error) {
    if (!isOver && !(error instanceof SessionOver))
        throw error;
}

;// CONCATENATED MODULE: ./emulator/world-in-memory.js



const ALPHABET = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz';
class WorldInMemory {
    files = new Map();
    sessions = new Map();
    agents = new Map();
    environments = new Map();
    memoryStores = new Map();
    vaults = new Set();
    streams = new EventStreams();
    scripted = new ScriptedAgent(this);
    settings;
    #seq = 0;
    #sessionBegan = 0;
    constructor(settings) {
        this.settings = settings;
    }
    now() {
        return this.settings.now();
    }
    timestamp(at = this.now()) {
        return new Date(at).toISOString();
    }
    nextBeginning() {
        this.#sessionBegan = Math.max(this.now(), this.#sessionBegan + 1);
        return this.timestamp(this.#sessionBegan);
    }
    nextSeq() {
        this.#seq += 1;
        return this.#seq;
    }
    newId(prefix) {
        let id = `${prefix}${this.settings.dashedIds ? '-' : '_'}01`;
        for (const byte of (0,external_node_crypto_.randomBytes)(22))
            id += ALPHABET[byte % ALPHABET.length];
        return id;
    }
    clear() {
        this.scripted.clear();
        this.streams.clear();
        this.#sessionBegan = 0;
        for (const map of [this.files, this.sessions, this.agents, this.environments, this.memoryStores, this.vaults])
            map.clear();
        this.settings.blobs.clear();
    }
}

;// CONCATENATED MODULE: ./emulator/emulator.js





















const DEFAULT_API_KEY = 'sk-ant-emulator';
const SEED_AGENT = 'agent_emulator';
const SEED_ENVIRONMENT = 'env_emulator';
const SEED_VAULT = 'vlt_emulator';
async function startEmulator(options = {}) {
    const world = new WorldInMemory({
        now: options.now ?? Date.now,
        maxResources: options.maxResources ?? 500,
        dashedIds: options.lenient?.dashedIds ?? false,
        blobs: new BlobStore(options.store ?? 'digest'),
    });
    const closing = new AbortController();
    const credentials = new Credentials(options.apiKey ?? DEFAULT_API_KEY, () => world.now());
    const state = {
        world,
        journal: new Journal(),
        faults: new fault/* Faults */.C(),
        rate: new RateGate(options.rateLimit),
        credentials,
        platform: await openPlatform(options, credentials, () => world.now()),
        desk: await TokenDesk.open(options.federation, credentials),
    };
    const server = (0,external_node_http_namespaceObject.createServer)({ requestTimeout: 0 });
    const url = await listen(server, options.port, options.host);
    const emulator = createEmulator({ ...state, server, url, closing, options });
    emulator.reset();
    const control = createControl(emulator, world);
    const api = createListener({
        ...state,
        latencyMs: options.latencyMs ?? 0,
        bytesPerSecond: options.bytesPerSecond,
        maxFileBytes: options.maxFileBytes ?? 500 * 1024 * 1024,
        deviations: options.lenient ?? {},
        signal: closing.signal,
    });
    const aside = {
        [CONTROL_PREFIX]: control,
        [TOKENS_PREFIX]: state.platform.tokens ?? api,
    };
    server.on('request', (request, response) => {
        const [prefix = ''] = /^\/_\w+\//.exec(request.url ?? '') ?? [];
        (aside[prefix] ?? api)(request, response);
    });
    return emulator;
}
function createEmulator(parts) {
    const { world, journal, faults, rate, credentials, platform, desk, server, url, closing, options } = parts;
    return {
        url,
        baseUrl: `${url}${platform.prefix}`,
        accessHeaders: () => platform.accessHeaders(),
        get variables() {
            return platform.variables(url);
        },
        credentialsFile: platform.credentialsFile?.(url),
        get apiKey() {
            return credentials.apiKey;
        },
        journal: () => journal.entries(),
        snapshot: () => snapshotOf(world),
        addFault: (fault) => faults.add(fault),
        clearFaults: () => faults.clear(),
        scriptAgent: (script) => world.scripted.follow(script),
        reset() {
            for (const part of [world, journal, faults, rate, credentials, platform, desk])
                part.clear?.();
            for (const fault of options.faults ?? [])
                faults.add(fault);
            if (options.seed !== false)
                seed(world);
            world.scripted.follow(options.agentScript ?? agent_script/* ECHO */.q);
        },
        setSessionStatus(id, status) {
            replaceSession(world, withStatus(world, findSession(world, id), status));
        },
        setApiKey: (apiKey) => credentials.setApiKey(apiKey),
        issuedTokens: () => credentials.issuedTokens(),
        revokeTokens: () => credentials.revokeTokens(),
        addOutput: (sessionId, filename, output) => addOutput(world, findSession(world, sessionId).facts.id, filename, blobOf(output)).id,
        wakeAgent: (sessionId) => world.scripted.wake(sessionId),
        addAgent: (agent) => void addAgent(world, agent),
        addEnvironment: (environment) => void addEnvironment(world, environment),
        addVault: (id) => void world.vaults.add(id),
        addMemoryStore: (store) => addMemoryStore(world, store).id,
        async close() {
            closing.abort();
            await listen_close(server);
            world.clear();
        },
    };
}
function seed(world) {
    addAgent(world, { id: SEED_AGENT, name: 'Emulator agent' });
    addEnvironment(world, { id: SEED_ENVIRONMENT, name: 'Emulator environment' });
    world.vaults.add(SEED_VAULT);
    addMemoryStore(world, { id: 'memstore_team', name: 'Team', description: 'What the team knows' });
    addMemoryStore(world, { id: 'memstore_notes', name: 'Notes' });
}


/***/ }),

/***/ 9818:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   C: () => (/* binding */ Faults),
/* harmony export */   a: () => (/* binding */ decodeFaults)
/* harmony export */ });
/* harmony import */ var valibot__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(5495);
/* harmony import */ var _http_schema_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(5588);


const KINDS = [
    'refuse',
    'reset-before-read',
    'reset-after-commit',
    'reset-mid-reply',
    'never-answer',
    'slow',
    'status',
    'html',
    'empty',
    'truncated-json',
    'wrong-shape',
    'duplicate',
    'drop-stream',
    'end-stream',
    'stall-stream',
    'duplicate-events',
];
const isPattern = (source) => {
    try {
        return new RegExp(source) !== undefined;
    }
    catch {
        return false;
    }
};
const FAULT = (0,_http_schema_js__WEBPACK_IMPORTED_MODULE_0__/* .object */ .Ik)({
    kind: valibot__WEBPACK_IMPORTED_MODULE_1__/* .picklist */ .KI(KINDS),
    match: valibot__WEBPACK_IMPORTED_MODULE_1__/* .optional */ .lq((0,_http_schema_js__WEBPACK_IMPORTED_MODULE_0__/* .object */ .Ik)({
        method: (0,_http_schema_js__WEBPACK_IMPORTED_MODULE_0__/* .optional */ .lq)((0,_http_schema_js__WEBPACK_IMPORTED_MODULE_0__/* .text */ .Qq)(10)),
        path: (0,_http_schema_js__WEBPACK_IMPORTED_MODULE_0__/* .optional */ .lq)(valibot__WEBPACK_IMPORTED_MODULE_1__/* .pipe */ .Fs((0,_http_schema_js__WEBPACK_IMPORTED_MODULE_0__/* .text */ .Qq)(1000), valibot__WEBPACK_IMPORTED_MODULE_1__/* .check */ .z6(isPattern, 'Input should be a regular expression'))),
    })),
    nth: (0,_http_schema_js__WEBPACK_IMPORTED_MODULE_0__/* .optional */ .lq)((0,_http_schema_js__WEBPACK_IMPORTED_MODULE_0__/* .wholeNumber */ .rD)(1, Number.MAX_SAFE_INTEGER)),
    times: (0,_http_schema_js__WEBPACK_IMPORTED_MODULE_0__/* .optional */ .lq)((0,_http_schema_js__WEBPACK_IMPORTED_MODULE_0__/* .wholeNumber */ .rD)(1, Number.MAX_SAFE_INTEGER)),
    status: (0,_http_schema_js__WEBPACK_IMPORTED_MODULE_0__/* .optional */ .lq)((0,_http_schema_js__WEBPACK_IMPORTED_MODULE_0__/* .wholeNumber */ .rD)(200, 599)),
    envelope: (0,_http_schema_js__WEBPACK_IMPORTED_MODULE_0__/* .optional */ .lq)(valibot__WEBPACK_IMPORTED_MODULE_1__/* .boolean */ .zM()),
    retryAfter: (0,_http_schema_js__WEBPACK_IMPORTED_MODULE_0__/* .optional */ .lq)((0,_http_schema_js__WEBPACK_IMPORTED_MODULE_0__/* .text */ .Qq)(100)),
    message: (0,_http_schema_js__WEBPACK_IMPORTED_MODULE_0__/* .optional */ .lq)((0,_http_schema_js__WEBPACK_IMPORTED_MODULE_0__/* .text */ .Qq)(10_000, 0)),
    afterEvents: (0,_http_schema_js__WEBPACK_IMPORTED_MODULE_0__/* .optional */ .lq)((0,_http_schema_js__WEBPACK_IMPORTED_MODULE_0__/* .wholeNumber */ .rD)(0, 1_000_000)),
    delayMs: (0,_http_schema_js__WEBPACK_IMPORTED_MODULE_0__/* .optional */ .lq)((0,_http_schema_js__WEBPACK_IMPORTED_MODULE_0__/* .wholeNumber */ .rD)(0, 3_600_000)),
});
class Faults {
    #armed = [];
    add(fault) {
        this.#armed.push({ fault, path: new RegExp(fault.match?.path ?? ''), seen: 0 });
    }
    clear() {
        this.#armed = [];
    }
    strike(method, path) {
        const due = this.#armed.filter((armed) => {
            const { match, nth = 1, times = 1 } = armed.fault;
            if ((match?.method ?? method).toUpperCase() !== method || !armed.path.test(path))
                return false;
            armed.seen += 1;
            return armed.seen >= nth && armed.seen < nth + times;
        });
        return due[0]?.fault;
    }
}
const decodeFaults = (value) => [value].flat().map((fault) => (0,_http_schema_js__WEBPACK_IMPORTED_MODULE_0__/* .decode */ .D4)(FAULT, fault));


/***/ }),

/***/ 7896:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   AF: () => (/* binding */ Problem),
/* harmony export */   Gq: () => (/* binding */ invalid),
/* harmony export */   LO: () => (/* binding */ missing)
/* harmony export */ });
const TYPES = {
    400: 'invalid_request_error',
    401: 'authentication_error',
    402: 'billing_error',
    403: 'permission_error',
    404: 'not_found_error',
    408: 'timeout_error',
    409: 'conflict_error',
    413: 'request_too_large',
    422: 'invalid_request_error',
    429: 'rate_limit_error',
    504: 'timeout_error',
    529: 'overloaded_error',
};
class Problem extends Error {
    status;
    code;
    retryAfter;
    constructor(status, message, extra = {}) {
        super(message);
        this.status = status;
        this.code = extra.code;
        this.retryAfter = extra.retryAfter;
    }
    headers() {
        return this.retryAfter === undefined ? {} : { 'retry-after': this.retryAfter };
    }
    envelope(requestId) {
        const type = TYPES[this.status] ?? 'api_error';
        const details = this.code === undefined ? {} : { details: { error_code: this.code } };
        return { type: 'error', error: { type, message: this.message, ...details }, request_id: requestId };
    }
}
const invalid = (message, code) => new Problem(400, message, code === undefined ? {} : { code });
const missing = (message, code) => new Problem(404, message, code === undefined ? {} : { code });


/***/ }),

/***/ 5588:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   D4: () => (/* binding */ decode),
/* harmony export */   Ik: () => (/* binding */ object),
/* harmony export */   Qq: () => (/* binding */ text),
/* harmony export */   id: () => (/* binding */ id),
/* harmony export */   lq: () => (/* binding */ optional),
/* harmony export */   p_: () => (/* binding */ list),
/* harmony export */   rD: () => (/* binding */ wholeNumber),
/* harmony export */   yU: () => (/* binding */ someOf)
/* harmony export */ });
/* harmony import */ var valibot__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(5495);
/* harmony import */ var _src_text_json_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(8071);
/* harmony import */ var _problem_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(7896);



function decode(schema, value, name = '') {
    const result = valibot__WEBPACK_IMPORTED_MODULE_2__/* .safeParse */ .xL(schema, value, { abortEarly: true, message: messageOf });
    if (result.success)
        return result.output;
    const [issue] = result.issues;
    const path = [name, valibot__WEBPACK_IMPORTED_MODULE_2__/* .getDotPath */ .Bu(issue) ?? ''].filter((part) => part !== '').join('.');
    throw (0,_problem_js__WEBPACK_IMPORTED_MODULE_1__/* .invalid */ .Gq)(`${path === '' ? 'body' : path}: ${issue.message}`);
}
const KINDS = {
    string: 'a string',
    boolean: 'a boolean',
    Array: 'an array',
    Object: 'an object',
    unknown: 'an object',
};
function messageOf({ expected, input }) {
    if (expected === 'never')
        return 'Extra inputs are not permitted';
    const words = /"/.test(expected ?? '');
    if (input === undefined || (words && input === null))
        return 'Field required';
    const allowed = expected?.replaceAll('"', "'").replaceAll(' | ', ' or ').replaceAll(/[()]/g, '') ?? '';
    return `Input should be ${words ? allowed : KINDS[allowed]}`;
}
const object = (entries) => valibot__WEBPACK_IMPORTED_MODULE_2__/* .pipe */ .Fs(_src_text_json_js__WEBPACK_IMPORTED_MODULE_0__/* .jsonObject */ .o$, valibot__WEBPACK_IMPORTED_MODULE_2__/* .strictObject */ .re(entries));
const optional = (schema) => valibot__WEBPACK_IMPORTED_MODULE_2__/* .optional */ .lq(valibot__WEBPACK_IMPORTED_MODULE_2__/* .pipe */ .Fs(valibot__WEBPACK_IMPORTED_MODULE_2__/* .nullable */ .me(schema), valibot__WEBPACK_IMPORTED_MODULE_2__/* .transform */ .pd((value) => value ?? undefined)));
const text = (max, min = 1) => valibot__WEBPACK_IMPORTED_MODULE_2__/* .pipe */ .Fs(valibot__WEBPACK_IMPORTED_MODULE_2__/* .string */ .Yj(), valibot__WEBPACK_IMPORTED_MODULE_2__/* .minLength */ .Bp(min, `String should have at least ${min} character${min === 1 ? '' : 's'}`), valibot__WEBPACK_IMPORTED_MODULE_2__/* .check */ .z6((value) => value.length <= max || [...value].length <= max, `String should have at most ${max} characters`));
const id = text(128);
const wholeNumber = (min, max) => valibot__WEBPACK_IMPORTED_MODULE_2__/* .custom */ .Ie((value) => typeof value === 'number' && Number.isInteger(value) && value >= min && value <= max, `Input should be an integer between ${min} and ${max}`);
const list = (item, max) => valibot__WEBPACK_IMPORTED_MODULE_2__/* .pipe */ .Fs(valibot__WEBPACK_IMPORTED_MODULE_2__/* .array */ .YO(item), valibot__WEBPACK_IMPORTED_MODULE_2__/* .maxLength */ .Ru(max, `Array should have at most ${max} items`), valibot__WEBPACK_IMPORTED_MODULE_2__/* .readonly */ .tB());
const someOf = (item, max, noun) => valibot__WEBPACK_IMPORTED_MODULE_2__/* .pipe */ .Fs(valibot__WEBPACK_IMPORTED_MODULE_2__/* .optional */ .lq(list(item, max), []), valibot__WEBPACK_IMPORTED_MODULE_2__/* .minLength */ .Bp(1, `at least one ${noun} is expected`));


/***/ }),

/***/ 4310:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   M6: () => (/* binding */ WORKSPACE_ID),
/* harmony export */   P4: () => (/* binding */ PLATFORMS),
/* harmony export */   UG: () => (/* binding */ WORKSPACE_HEADER)
/* harmony export */ });
const PLATFORMS = ['anthropic', 'aws', 'google-cloud'];
const WORKSPACE_ID = 'wrkspc_emulator';
const WORKSPACE_HEADER = 'anthropic-workspace-id';


/***/ }),

/***/ 2157:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  dN: () => (/* binding */ exportVariable),
  V4: () => (/* binding */ getInput),
  Gu: () => (/* binding */ getState),
  pq: () => (/* binding */ info),
  LZ: () => (/* binding */ saveState),
  C1: () => (/* binding */ setFailed),
  uH: () => (/* binding */ setOutput),
  Pq: () => (/* binding */ setSecret),
  $e: () => (/* binding */ warning)
});

// UNUSED EXPORTS: ExitCode, addPath, debug, endGroup, error, getBooleanInput, getIDToken, getMultilineInput, group, isDebug, markdownSummary, notice, platform, setCommandEcho, startGroup, summary, toPlatformPath, toPosixPath, toWin32Path

;// CONCATENATED MODULE: external "os"
const external_os_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("os");
;// CONCATENATED MODULE: ./node_modules/@actions/core/lib/utils.js
// We use any as a valid input type
/* eslint-disable @typescript-eslint/no-explicit-any */
/**
 * Sanitizes an input into a string so it can be passed into issueCommand safely
 * @param input input to sanitize into a string
 */
function toCommandValue(input) {
    if (input === null || input === undefined) {
        return '';
    }
    else if (typeof input === 'string' || input instanceof String) {
        return input;
    }
    return JSON.stringify(input);
}
/**
 *
 * @param annotationProperties
 * @returns The command properties to send with the actual annotation command
 * See IssueCommandProperties: https://github.com/actions/runner/blob/main/src/Runner.Worker/ActionCommandManager.cs#L646
 */
function utils_toCommandProperties(annotationProperties) {
    if (!Object.keys(annotationProperties).length) {
        return {};
    }
    return {
        title: annotationProperties.title,
        file: annotationProperties.file,
        line: annotationProperties.startLine,
        endLine: annotationProperties.endLine,
        col: annotationProperties.startColumn,
        endColumn: annotationProperties.endColumn
    };
}
//# sourceMappingURL=utils.js.map
;// CONCATENATED MODULE: ./node_modules/@actions/core/lib/command.js


/**
 * Issues a command to the GitHub Actions runner
 *
 * @param command - The command name to issue
 * @param properties - Additional properties for the command (key-value pairs)
 * @param message - The message to include with the command
 * @remarks
 * This function outputs a specially formatted string to stdout that the Actions
 * runner interprets as a command. These commands can control workflow behavior,
 * set outputs, create annotations, mask values, and more.
 *
 * Command Format:
 *   ::name key=value,key=value::message
 *
 * @example
 * ```typescript
 * // Issue a warning annotation
 * issueCommand('warning', {}, 'This is a warning message');
 * // Output: ::warning::This is a warning message
 *
 * // Set an environment variable
 * issueCommand('set-env', { name: 'MY_VAR' }, 'some value');
 * // Output: ::set-env name=MY_VAR::some value
 *
 * // Add a secret mask
 * issueCommand('add-mask', {}, 'secretValue123');
 * // Output: ::add-mask::secretValue123
 * ```
 *
 * @internal
 * This is an internal utility function that powers the public API functions
 * such as setSecret, warning, error, and exportVariable.
 */
function command_issueCommand(command, properties, message) {
    const cmd = new Command(command, properties, message);
    process.stdout.write(cmd.toString() + external_os_namespaceObject.EOL);
}
function command_issue(name, message = '') {
    command_issueCommand(name, {}, message);
}
const CMD_STRING = '::';
class Command {
    constructor(command, properties, message) {
        if (!command) {
            command = 'missing.command';
        }
        this.command = command;
        this.properties = properties;
        this.message = message;
    }
    toString() {
        let cmdStr = CMD_STRING + this.command;
        if (this.properties && Object.keys(this.properties).length > 0) {
            cmdStr += ' ';
            let first = true;
            for (const key in this.properties) {
                if (this.properties.hasOwnProperty(key)) {
                    const val = this.properties[key];
                    if (val) {
                        if (first) {
                            first = false;
                        }
                        else {
                            cmdStr += ',';
                        }
                        cmdStr += `${key}=${escapeProperty(val)}`;
                    }
                }
            }
        }
        cmdStr += `${CMD_STRING}${escapeData(this.message)}`;
        return cmdStr;
    }
}
function escapeData(s) {
    return toCommandValue(s)
        .replace(/%/g, '%25')
        .replace(/\r/g, '%0D')
        .replace(/\n/g, '%0A');
}
function escapeProperty(s) {
    return toCommandValue(s)
        .replace(/%/g, '%25')
        .replace(/\r/g, '%0D')
        .replace(/\n/g, '%0A')
        .replace(/:/g, '%3A')
        .replace(/,/g, '%2C');
}
//# sourceMappingURL=command.js.map
;// CONCATENATED MODULE: external "crypto"
const external_crypto_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("crypto");
;// CONCATENATED MODULE: external "fs"
const external_fs_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("fs");
;// CONCATENATED MODULE: ./node_modules/@actions/core/lib/file-command.js
// For internal use, subject to change.
// We use any as a valid input type
/* eslint-disable @typescript-eslint/no-explicit-any */




function file_command_issueFileCommand(command, message) {
    const filePath = process.env[`GITHUB_${command}`];
    if (!filePath) {
        throw new Error(`Unable to find environment variable for file command ${command}`);
    }
    if (!external_fs_namespaceObject.existsSync(filePath)) {
        throw new Error(`Missing file at path: ${filePath}`);
    }
    external_fs_namespaceObject.appendFileSync(filePath, `${toCommandValue(message)}${external_os_namespaceObject.EOL}`, {
        encoding: 'utf8'
    });
}
function prepareKeyValueMessage(key, value) {
    const delimiter = `ghadelimiter_${external_crypto_namespaceObject.randomUUID()}`;
    const convertedValue = toCommandValue(value);
    // These should realistically never happen, but just in case someone finds a
    // way to exploit uuid generation let's not allow keys or values that contain
    // the delimiter.
    if (key.includes(delimiter)) {
        throw new Error(`Unexpected input: name should not contain the delimiter "${delimiter}"`);
    }
    if (convertedValue.includes(delimiter)) {
        throw new Error(`Unexpected input: value should not contain the delimiter "${delimiter}"`);
    }
    return `${key}<<${delimiter}${external_os_namespaceObject.EOL}${convertedValue}${external_os_namespaceObject.EOL}${delimiter}`;
}
//# sourceMappingURL=file-command.js.map
;// CONCATENATED MODULE: external "path"
const external_path_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("path");
;// CONCATENATED MODULE: ./node_modules/@actions/core/lib/core.js
var __awaiter = (undefined && undefined.__awaiter) || function (thisArg, _arguments, P, generator) {
    function adopt(value) { return value instanceof P ? value : new P(function (resolve) { resolve(value); }); }
    return new (P || (P = Promise))(function (resolve, reject) {
        function fulfilled(value) { try { step(generator.next(value)); } catch (e) { reject(e); } }
        function rejected(value) { try { step(generator["throw"](value)); } catch (e) { reject(e); } }
        function step(result) { result.done ? resolve(result.value) : adopt(result.value).then(fulfilled, rejected); }
        step((generator = generator.apply(thisArg, _arguments || [])).next());
    });
};






/**
 * The code to exit an action
 */
var ExitCode;
(function (ExitCode) {
    /**
     * A code indicating that the action was successful
     */
    ExitCode[ExitCode["Success"] = 0] = "Success";
    /**
     * A code indicating that the action was a failure
     */
    ExitCode[ExitCode["Failure"] = 1] = "Failure";
})(ExitCode || (ExitCode = {}));
//-----------------------------------------------------------------------
// Variables
//-----------------------------------------------------------------------
/**
 * Sets env variable for this action and future actions in the job
 * @param name the name of the variable to set
 * @param val the value of the variable. Non-string values will be converted to a string via JSON.stringify
 */
// eslint-disable-next-line @typescript-eslint/no-explicit-any
function exportVariable(name, val) {
    const convertedVal = toCommandValue(val);
    process.env[name] = convertedVal;
    const filePath = process.env['GITHUB_ENV'] || '';
    if (filePath) {
        return file_command_issueFileCommand('ENV', prepareKeyValueMessage(name, val));
    }
    command_issueCommand('set-env', { name }, convertedVal);
}
/**
 * Registers a secret which will get masked from logs
 *
 * @param secret - Value of the secret to be masked
 * @remarks
 * This function instructs the Actions runner to mask the specified value in any
 * logs produced during the workflow run. Once registered, the secret value will
 * be replaced with asterisks (***) whenever it appears in console output, logs,
 * or error messages.
 *
 * This is useful for protecting sensitive information such as:
 * - API keys
 * - Access tokens
 * - Authentication credentials
 * - URL parameters containing signatures (SAS tokens)
 *
 * Note that masking only affects future logs; any previous appearances of the
 * secret in logs before calling this function will remain unmasked.
 *
 * @example
 * ```typescript
 * // Register an API token as a secret
 * const apiToken = "abc123xyz456";
 * setSecret(apiToken);
 *
 * // Now any logs containing this value will show *** instead
 * console.log(`Using token: ${apiToken}`); // Outputs: "Using token: ***"
 * ```
 */
function setSecret(secret) {
    command_issueCommand('add-mask', {}, secret);
}
/**
 * Prepends inputPath to the PATH (for this action and future actions)
 * @param inputPath
 */
function addPath(inputPath) {
    const filePath = process.env['GITHUB_PATH'] || '';
    if (filePath) {
        issueFileCommand('PATH', inputPath);
    }
    else {
        issueCommand('add-path', {}, inputPath);
    }
    process.env['PATH'] = `${inputPath}${path.delimiter}${process.env['PATH']}`;
}
/**
 * Gets the value of an input.
 * Unless trimWhitespace is set to false in InputOptions, the value is also trimmed.
 * Returns an empty string if the value is not defined.
 *
 * @param     name     name of the input to get
 * @param     options  optional. See InputOptions.
 * @returns   string
 */
function getInput(name, options) {
    const val = process.env[`INPUT_${name.replace(/ /g, '_').toUpperCase()}`] || '';
    if (options && options.required && !val) {
        throw new Error(`Input required and not supplied: ${name}`);
    }
    if (options && options.trimWhitespace === false) {
        return val;
    }
    return val.trim();
}
/**
 * Gets the values of an multiline input.  Each value is also trimmed.
 *
 * @param     name     name of the input to get
 * @param     options  optional. See InputOptions.
 * @returns   string[]
 *
 */
function getMultilineInput(name, options) {
    const inputs = getInput(name, options)
        .split('\n')
        .filter(x => x !== '');
    if (options && options.trimWhitespace === false) {
        return inputs;
    }
    return inputs.map(input => input.trim());
}
/**
 * Gets the input value of the boolean type in the YAML 1.2 "core schema" specification.
 * Support boolean input list: `true | True | TRUE | false | False | FALSE` .
 * The return value is also in boolean type.
 * ref: https://yaml.org/spec/1.2/spec.html#id2804923
 *
 * @param     name     name of the input to get
 * @param     options  optional. See InputOptions.
 * @returns   boolean
 */
function getBooleanInput(name, options) {
    const trueValue = ['true', 'True', 'TRUE'];
    const falseValue = ['false', 'False', 'FALSE'];
    const val = getInput(name, options);
    if (trueValue.includes(val))
        return true;
    if (falseValue.includes(val))
        return false;
    throw new TypeError(`Input does not meet YAML 1.2 "Core Schema" specification: ${name}\n` +
        `Support boolean input list: \`true | True | TRUE | false | False | FALSE\``);
}
/**
 * Sets the value of an output.
 *
 * @param     name     name of the output to set
 * @param     value    value to store. Non-string values will be converted to a string via JSON.stringify
 */
// eslint-disable-next-line @typescript-eslint/no-explicit-any
function setOutput(name, value) {
    const filePath = process.env['GITHUB_OUTPUT'] || '';
    if (filePath) {
        return file_command_issueFileCommand('OUTPUT', prepareKeyValueMessage(name, value));
    }
    process.stdout.write(external_os_namespaceObject.EOL);
    command_issueCommand('set-output', { name }, toCommandValue(value));
}
/**
 * Enables or disables the echoing of commands into stdout for the rest of the step.
 * Echoing is disabled by default if ACTIONS_STEP_DEBUG is not set.
 *
 */
function setCommandEcho(enabled) {
    issue('echo', enabled ? 'on' : 'off');
}
//-----------------------------------------------------------------------
// Results
//-----------------------------------------------------------------------
/**
 * Sets the action status to failed.
 * When the action exits it will be with an exit code of 1
 * @param message add error issue message
 */
function setFailed(message) {
    process.exitCode = ExitCode.Failure;
    error(message);
}
//-----------------------------------------------------------------------
// Logging Commands
//-----------------------------------------------------------------------
/**
 * Gets whether Actions Step Debug is on or not
 */
function isDebug() {
    return process.env['RUNNER_DEBUG'] === '1';
}
/**
 * Writes debug message to user log
 * @param message debug message
 */
function debug(message) {
    issueCommand('debug', {}, message);
}
/**
 * Adds an error issue
 * @param message error issue message. Errors will be converted to string via toString()
 * @param properties optional properties to add to the annotation.
 */
function error(message, properties = {}) {
    command_issueCommand('error', utils_toCommandProperties(properties), message instanceof Error ? message.toString() : message);
}
/**
 * Adds a warning issue
 * @param message warning issue message. Errors will be converted to string via toString()
 * @param properties optional properties to add to the annotation.
 */
function warning(message, properties = {}) {
    command_issueCommand('warning', utils_toCommandProperties(properties), message instanceof Error ? message.toString() : message);
}
/**
 * Adds a notice issue
 * @param message notice issue message. Errors will be converted to string via toString()
 * @param properties optional properties to add to the annotation.
 */
function notice(message, properties = {}) {
    issueCommand('notice', toCommandProperties(properties), message instanceof Error ? message.toString() : message);
}
/**
 * Writes info to log with console.log.
 * @param message info message
 */
function info(message) {
    process.stdout.write(message + external_os_namespaceObject.EOL);
}
/**
 * Begin an output group.
 *
 * Output until the next `groupEnd` will be foldable in this group
 *
 * @param name The name of the output group
 */
function startGroup(name) {
    issue('group', name);
}
/**
 * End an output group.
 */
function endGroup() {
    issue('endgroup');
}
/**
 * Wrap an asynchronous function call in a group.
 *
 * Returns the same type as the function itself.
 *
 * @param name The name of the group
 * @param fn The function to wrap in the group
 */
function group(name, fn) {
    return __awaiter(this, void 0, void 0, function* () {
        startGroup(name);
        let result;
        try {
            result = yield fn();
        }
        finally {
            endGroup();
        }
        return result;
    });
}
//-----------------------------------------------------------------------
// Wrapper action state
//-----------------------------------------------------------------------
/**
 * Saves state for current action, the state can only be retrieved by this action's post job execution.
 *
 * @param     name     name of the state to store
 * @param     value    value to store. Non-string values will be converted to a string via JSON.stringify
 */
// eslint-disable-next-line @typescript-eslint/no-explicit-any
function saveState(name, value) {
    const filePath = process.env['GITHUB_STATE'] || '';
    if (filePath) {
        return file_command_issueFileCommand('STATE', prepareKeyValueMessage(name, value));
    }
    command_issueCommand('save-state', { name }, toCommandValue(value));
}
/**
 * Gets the value of an state set by this action's main execution.
 *
 * @param     name     name of the state to get
 * @returns   string
 */
function getState(name) {
    return process.env[`STATE_${name}`] || '';
}
function getIDToken(aud) {
    return __awaiter(this, void 0, void 0, function* () {
        return yield OidcClient.getIDToken(aud);
    });
}
/**
 * Summary exports
 */

/**
 * @deprecated use core.summary
 */

/**
 * Path exports
 */

/**
 * Platform utilities exports
 */

//# sourceMappingURL=core.js.map

/***/ }),

/***/ 5495:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   Bp: () => (/* binding */ minLength),
/* harmony export */   Bu: () => (/* binding */ getDotPath),
/* harmony export */   Fs: () => (/* binding */ pipe),
/* harmony export */   Ie: () => (/* binding */ custom),
/* harmony export */   Ik: () => (/* binding */ object),
/* harmony export */   KI: () => (/* binding */ picklist),
/* harmony export */   L5: () => (/* binding */ unknown),
/* harmony export */   Ox: () => (/* binding */ variant),
/* harmony export */   RZ: () => (/* binding */ lazy),
/* harmony export */   Ru: () => (/* binding */ maxLength),
/* harmony export */   Ww: () => (/* binding */ minValue),
/* harmony export */   YO: () => (/* binding */ array),
/* harmony export */   Yj: () => (/* binding */ string),
/* harmony export */   Zm: () => (/* binding */ never),
/* harmony export */   _H: () => (/* binding */ looseObject),
/* harmony export */   ai: () => (/* binding */ number),
/* harmony export */   cG: () => (/* binding */ maxValue),
/* harmony export */   eu: () => (/* binding */ literal),
/* harmony export */   hq: () => (/* binding */ nonEmpty),
/* harmony export */   lq: () => (/* binding */ optional),
/* harmony export */   me: () => (/* binding */ nullable),
/* harmony export */   pd: () => (/* binding */ transform),
/* harmony export */   re: () => (/* binding */ strictObject),
/* harmony export */   sY: () => (/* binding */ forward),
/* harmony export */   tB: () => (/* binding */ readonly),
/* harmony export */   xL: () => (/* binding */ safeParse),
/* harmony export */   yG: () => (/* binding */ regex),
/* harmony export */   z6: () => (/* binding */ check),
/* harmony export */   zM: () => (/* binding */ boolean)
/* harmony export */ });
/* unused harmony export fallback */
let store$4;
const DEFAULT_CONFIG = {
	lang: void 0,
	message: void 0,
	abortEarly: void 0,
	abortPipeEarly: void 0
};
function getGlobalConfig(config$1) {
	if (!config$1 && !store$4) return DEFAULT_CONFIG;
	return {
		lang: config$1?.lang ?? store$4?.lang,
		message: config$1?.message,
		abortEarly: config$1?.abortEarly ?? store$4?.abortEarly,
		abortPipeEarly: config$1?.abortPipeEarly ?? store$4?.abortPipeEarly
	};
}
let store$3;
function getGlobalMessage(lang) {
	return store$3?.get(lang);
}
let store$2;
function getSchemaMessage(lang) {
	return store$2?.get(lang);
}
let store$1;
function getSpecificMessage(reference, lang) {
	return store$1?.get(reference)?.get(lang);
}
function _stringify(input) {
	const type = typeof input;
	if (type === "string") return `"${input}"`;
	if (type === "number" || type === "bigint" || type === "boolean") return `${input}`;
	if (type === "object" || type === "function") return (input && Object.getPrototypeOf(input)?.constructor?.name) ?? "null";
	return type;
}
function _addIssue(context, label, dataset, config$1, other) {
	const input = other && "input" in other ? other.input : dataset.value;
	const expected = other?.expected ?? context.expects ?? null;
	const received = other?.received ?? /* @__PURE__ */ _stringify(input);
	const issue = {
		kind: context.kind,
		type: context.type,
		input,
		expected,
		received,
		message: `Invalid ${label}: ${expected ? `Expected ${expected} but r` : "R"}eceived ${received}`,
		requirement: context.requirement,
		path: other?.path,
		issues: other?.issues,
		lang: config$1.lang,
		abortEarly: config$1.abortEarly,
		abortPipeEarly: config$1.abortPipeEarly
	};
	const isSchema = context.kind === "schema";
	const message$1 = other?.message ?? context.message ?? /* @__PURE__ */ getSpecificMessage(context.reference, issue.lang) ?? (isSchema ? /* @__PURE__ */ getSchemaMessage(issue.lang) : null) ?? config$1.message ?? /* @__PURE__ */ getGlobalMessage(issue.lang);
	if (message$1 !== void 0) issue.message = typeof message$1 === "function" ? message$1(issue) : message$1;
	if (isSchema) dataset.typed = false;
	if (dataset.issues) dataset.issues.push(issue);
	else dataset.issues = [issue];
}
function _isSameValueZero(value1, value2) {
	return value1 === value2 || Number.isNaN(value1) && Number.isNaN(value2);
}
function _isValidObjectKey(object$1, key) {
	return Object.prototype.hasOwnProperty.call(object$1, key) && key !== "__proto__" && key !== "prototype" && key !== "constructor";
}
function _isValueMatch(requirement, value$1) {
	return Number.isNaN(requirement) && Number.isNaN(value$1) || requirement <= value$1 && requirement >= value$1;
}
function _joinExpects(values$1, separator) {
	const list = [...new Set(values$1)];
	if (list.length > 1) return `(${list.join(` ${separator} `)})`;
	return list[0] ?? "never";
}
function _standardSchema(schema) {
	schema["~standard"] = {
		version: 1,
		vendor: "valibot",
		validate: (value$1) => schema["~run"]({ value: value$1 }, /* @__PURE__ */ getGlobalConfig())
	};
	return schema;
}
function getDotPath(issue) {
	if (issue.path) {
		let key = "";
		for (const item of issue.path) if (typeof item.key === "string" || typeof item.key === "number") if (key) key += `.${item.key}`;
		else key += item.key;
		else return null;
		return key;
	}
	return null;
}
function check(requirement, message$1) {
	return {
		kind: "validation",
		type: "check",
		reference: check,
		async: false,
		expects: null,
		requirement,
		message: message$1,
		"~run"(dataset, config$1) {
			if (dataset.typed && !this.requirement(dataset.value)) _addIssue(this, "input", dataset, config$1);
			return dataset;
		}
	};
}
function entries(requirement, message$1) {
	return {
		kind: "validation",
		type: "entries",
		reference: entries,
		async: false,
		expects: `${requirement}`,
		requirement,
		message: message$1,
		"~run"(dataset, config$1) {
			if (!dataset.typed) return dataset;
			const count = Object.keys(dataset.value).length;
			if (dataset.typed && count !== this.requirement) _addIssue(this, "entries", dataset, config$1, { received: `${count}` });
			return dataset;
		}
	};
}
function includes(requirement, message$1) {
	const expects = /* @__PURE__ */ _stringify(requirement);
	return {
		kind: "validation",
		type: "includes",
		reference: includes,
		async: false,
		expects,
		requirement,
		message: message$1,
		"~run"(dataset, config$1) {
			if (dataset.typed && !dataset.value.includes(this.requirement)) _addIssue(this, "content", dataset, config$1, { received: `!${expects}` });
			return dataset;
		}
	};
}
function length(requirement, message$1) {
	return {
		kind: "validation",
		type: "length",
		reference: length,
		async: false,
		expects: `${requirement}`,
		requirement,
		message: message$1,
		"~run"(dataset, config$1) {
			if (dataset.typed && dataset.value.length !== this.requirement) _addIssue(this, "length", dataset, config$1, { received: `${dataset.value.length}` });
			return dataset;
		}
	};
}
function maxLength(requirement, message$1) {
	return {
		kind: "validation",
		type: "max_length",
		reference: maxLength,
		async: false,
		expects: `<=${requirement}`,
		requirement,
		message: message$1,
		"~run"(dataset, config$1) {
			if (dataset.typed && dataset.value.length > this.requirement) _addIssue(this, "length", dataset, config$1, { received: `${dataset.value.length}` });
			return dataset;
		}
	};
}
function maxValue(requirement, message$1) {
	return {
		kind: "validation",
		type: "max_value",
		reference: maxValue,
		async: false,
		expects: `<=${requirement instanceof Date ? requirement.toJSON() : /* @__PURE__ */ _stringify(requirement)}`,
		requirement,
		message: message$1,
		"~run"(dataset, config$1) {
			if (dataset.typed && !(dataset.value <= this.requirement)) _addIssue(this, "value", dataset, config$1, { received: dataset.value instanceof Date ? dataset.value.toJSON() : /* @__PURE__ */ _stringify(dataset.value) });
			return dataset;
		}
	};
}
function metadata(metadata_) {
	return {
		kind: "metadata",
		type: "metadata",
		reference: metadata,
		metadata: metadata_
	};
}
function minLength(requirement, message$1) {
	return {
		kind: "validation",
		type: "min_length",
		reference: minLength,
		async: false,
		expects: `>=${requirement}`,
		requirement,
		message: message$1,
		"~run"(dataset, config$1) {
			if (dataset.typed && dataset.value.length < this.requirement) _addIssue(this, "length", dataset, config$1, { received: `${dataset.value.length}` });
			return dataset;
		}
	};
}
function minValue(requirement, message$1) {
	return {
		kind: "validation",
		type: "min_value",
		reference: minValue,
		async: false,
		expects: `>=${requirement instanceof Date ? requirement.toJSON() : /* @__PURE__ */ _stringify(requirement)}`,
		requirement,
		message: message$1,
		"~run"(dataset, config$1) {
			if (dataset.typed && !(dataset.value >= this.requirement)) _addIssue(this, "value", dataset, config$1, { received: dataset.value instanceof Date ? dataset.value.toJSON() : /* @__PURE__ */ _stringify(dataset.value) });
			return dataset;
		}
	};
}
function nonEmpty(message$1) {
	return {
		kind: "validation",
		type: "non_empty",
		reference: nonEmpty,
		async: false,
		expects: "!0",
		message: message$1,
		"~run"(dataset, config$1) {
			if (dataset.typed && dataset.value.length === 0) _addIssue(this, "length", dataset, config$1, { received: "0" });
			return dataset;
		}
	};
}
function readonly() {
	return {
		kind: "transformation",
		type: "readonly",
		reference: readonly,
		async: false,
		"~run"(dataset) {
			return dataset;
		}
	};
}
function regex(requirement, message$1) {
	return {
		kind: "validation",
		type: "regex",
		reference: regex,
		async: false,
		expects: `${requirement}`,
		requirement,
		message: message$1,
		"~run"(dataset, config$1) {
			if (dataset.typed && !this.requirement.test(dataset.value)) _addIssue(this, "format", dataset, config$1);
			return dataset;
		}
	};
}
function transform(operation) {
	return {
		kind: "transformation",
		type: "transform",
		reference: transform,
		async: false,
		operation,
		"~run"(dataset) {
			dataset.value = this.operation(dataset.value);
			return dataset;
		}
	};
}
function value(requirement, message$1) {
	return {
		kind: "validation",
		type: "value",
		reference: value,
		async: false,
		expects: requirement instanceof Date ? requirement.toJSON() : /* @__PURE__ */ _stringify(requirement),
		requirement,
		message: message$1,
		"~run"(dataset, config$1) {
			if (dataset.typed && !/* @__PURE__ */ _isValueMatch(this.requirement, dataset.value)) _addIssue(this, "value", dataset, config$1, { received: dataset.value instanceof Date ? dataset.value.toJSON() : /* @__PURE__ */ _stringify(dataset.value) });
			return dataset;
		}
	};
}
const ABORT_EARLY_CONFIG = { abortEarly: true };
function getFallback(schema, dataset, config$1) {
	return typeof schema.fallback === "function" ? schema.fallback(dataset, config$1) : schema.fallback;
}
function fallback(schema, fallback$1) {
	return _standardSchema({
		...schema,
		fallback: fallback$1,
		"~run"(dataset, config$1) {
			const outputDataset = schema["~run"](dataset, config$1);
			return outputDataset.issues ? {
				typed: true,
				value: /* @__PURE__ */ getFallback(this, outputDataset, config$1)
			} : outputDataset;
		}
	});
}
function forward(action, path) {
	return {
		...action,
		"~run"(dataset, config$1) {
			const prevIssues = dataset.issues && [...dataset.issues];
			dataset = action["~run"](dataset, config$1);
			if (dataset.issues) {
				for (const issue of dataset.issues) if (!prevIssues?.includes(issue)) {
					let pathInput = dataset.value;
					for (const key of path) {
						const pathValue = pathInput[key];
						const pathItem = {
							type: "unknown",
							origin: "value",
							input: pathInput,
							key,
							value: pathValue
						};
						if (issue.path) issue.path.push(pathItem);
						else issue.path = [pathItem];
						if (!pathValue) break;
						pathInput = pathValue;
					}
				}
			}
			return dataset;
		}
	};
}
function getDefault(schema, dataset, config$1) {
	return typeof schema.default === "function" ? schema.default(dataset, config$1) : schema.default;
}
function array(item, message$1) {
	return _standardSchema({
		kind: "schema",
		type: "array",
		reference: array,
		expects: "Array",
		async: false,
		item,
		message: message$1,
		"~run"(dataset, config$1) {
			const input = dataset.value;
			if (Array.isArray(input)) {
				dataset.typed = true;
				dataset.value = [];
				for (let key = 0; key < input.length; key++) {
					const value$1 = input[key];
					const itemDataset = this.item["~run"]({ value: value$1 }, config$1);
					if (itemDataset.issues) {
						const pathItem = {
							type: "array",
							origin: "value",
							input,
							key,
							value: value$1
						};
						for (const issue of itemDataset.issues) {
							if (issue.path) issue.path.unshift(pathItem);
							else issue.path = [pathItem];
							dataset.issues?.push(issue);
						}
						if (!dataset.issues) dataset.issues = itemDataset.issues;
						if (config$1.abortEarly) {
							dataset.typed = false;
							break;
						}
					}
					if (!itemDataset.typed) dataset.typed = false;
					dataset.value.push(itemDataset.value);
				}
			} else _addIssue(this, "type", dataset, config$1);
			return dataset;
		}
	});
}
function bigint(message$1) {
	return _standardSchema({
		kind: "schema",
		type: "bigint",
		reference: bigint,
		expects: "bigint",
		async: false,
		message: message$1,
		"~run"(dataset, config$1) {
			if (typeof dataset.value === "bigint") dataset.typed = true;
			else _addIssue(this, "type", dataset, config$1);
			return dataset;
		}
	});
}
function boolean(message$1) {
	return _standardSchema({
		kind: "schema",
		type: "boolean",
		reference: boolean,
		expects: "boolean",
		async: false,
		message: message$1,
		"~run"(dataset, config$1) {
			if (typeof dataset.value === "boolean") dataset.typed = true;
			else _addIssue(this, "type", dataset, config$1);
			return dataset;
		}
	});
}
function custom(check$1, message$1) {
	return _standardSchema({
		kind: "schema",
		type: "custom",
		reference: custom,
		expects: "unknown",
		async: false,
		check: check$1,
		message: message$1,
		"~run"(dataset, config$1) {
			if (this.check(dataset.value)) dataset.typed = true;
			else _addIssue(this, "type", dataset, config$1);
			return dataset;
		}
	});
}
function lazy(getter) {
	return _standardSchema({
		kind: "schema",
		type: "lazy",
		reference: lazy,
		expects: "unknown",
		async: false,
		getter,
		"~run"(dataset, config$1) {
			return this.getter(dataset.value)["~run"](dataset, config$1);
		}
	});
}
function literal(literal_, message$1) {
	return _standardSchema({
		kind: "schema",
		type: "literal",
		reference: literal,
		expects: /* @__PURE__ */ _stringify(literal_),
		async: false,
		literal: literal_,
		message: message$1,
		"~run"(dataset, config$1) {
			if (/* @__PURE__ */ _isSameValueZero(dataset.value, this.literal)) dataset.typed = true;
			else _addIssue(this, "type", dataset, config$1);
			return dataset;
		}
	});
}
function looseObject(entries$1, message$1) {
	return _standardSchema({
		kind: "schema",
		type: "loose_object",
		reference: looseObject,
		expects: "Object",
		async: false,
		entries: entries$1,
		message: message$1,
		"~run"(dataset, config$1) {
			const input = dataset.value;
			if (input && typeof input === "object") {
				dataset.typed = true;
				dataset.value = {};
				for (const key in this.entries) {
					const valueSchema = this.entries[key];
					if (key in input || (valueSchema.type === "exact_optional" || valueSchema.type === "optional" || valueSchema.type === "nullish") && valueSchema.default !== void 0) {
						const value$1 = key in input ? input[key] : /* @__PURE__ */ getDefault(valueSchema);
						const valueDataset = valueSchema["~run"]({ value: value$1 }, config$1);
						if (valueDataset.issues) {
							const pathItem = {
								type: "object",
								origin: "value",
								input,
								key,
								value: value$1
							};
							for (const issue of valueDataset.issues) {
								if (issue.path) issue.path.unshift(pathItem);
								else issue.path = [pathItem];
								dataset.issues?.push(issue);
							}
							if (!dataset.issues) dataset.issues = valueDataset.issues;
							if (config$1.abortEarly) {
								dataset.typed = false;
								break;
							}
						}
						if (!valueDataset.typed) dataset.typed = false;
						dataset.value[key] = valueDataset.value;
					} else if (valueSchema.fallback !== void 0) dataset.value[key] = /* @__PURE__ */ getFallback(valueSchema);
					else if (valueSchema.type !== "exact_optional" && valueSchema.type !== "optional" && valueSchema.type !== "nullish") {
						_addIssue(this, "key", dataset, config$1, {
							input: void 0,
							expected: `"${key}"`,
							path: [{
								type: "object",
								origin: "key",
								input,
								key,
								value: input[key]
							}]
						});
						if (config$1.abortEarly) break;
					}
				}
				if (!dataset.issues || !config$1.abortEarly) {
					for (const key in input) if (/* @__PURE__ */ _isValidObjectKey(input, key) && !Object.prototype.hasOwnProperty.call(this.entries, key)) dataset.value[key] = input[key];
				}
			} else _addIssue(this, "type", dataset, config$1);
			return dataset;
		}
	});
}
function map(key, value$1, message$1) {
	return _standardSchema({
		kind: "schema",
		type: "map",
		reference: map,
		expects: "Map",
		async: false,
		key,
		value: value$1,
		message: message$1,
		"~run"(dataset, config$1) {
			const input = dataset.value;
			if (input instanceof Map) {
				dataset.typed = true;
				dataset.value = /* @__PURE__ */ new Map();
				for (const [inputKey, inputValue] of input) {
					const keyDataset = this.key["~run"]({ value: inputKey }, config$1);
					if (keyDataset.issues) {
						const pathItem = {
							type: "map",
							origin: "key",
							input,
							key: inputKey,
							value: inputValue
						};
						for (const issue of keyDataset.issues) {
							if (issue.path) issue.path.unshift(pathItem);
							else issue.path = [pathItem];
							dataset.issues?.push(issue);
						}
						if (!dataset.issues) dataset.issues = keyDataset.issues;
						if (config$1.abortEarly) {
							dataset.typed = false;
							break;
						}
					}
					const valueDataset = this.value["~run"]({ value: inputValue }, config$1);
					if (valueDataset.issues) {
						const pathItem = {
							type: "map",
							origin: "value",
							input,
							key: inputKey,
							value: inputValue
						};
						for (const issue of valueDataset.issues) {
							if (issue.path) issue.path.unshift(pathItem);
							else issue.path = [pathItem];
							dataset.issues?.push(issue);
						}
						if (!dataset.issues) dataset.issues = valueDataset.issues;
						if (config$1.abortEarly) {
							dataset.typed = false;
							break;
						}
					}
					if (!keyDataset.typed || !valueDataset.typed) dataset.typed = false;
					dataset.value.set(keyDataset.value, valueDataset.value);
				}
			} else _addIssue(this, "type", dataset, config$1);
			return dataset;
		}
	});
}
function never(message$1) {
	return _standardSchema({
		kind: "schema",
		type: "never",
		reference: never,
		expects: "never",
		async: false,
		message: message$1,
		"~run"(dataset, config$1) {
			_addIssue(this, "type", dataset, config$1);
			return dataset;
		}
	});
}
function nullable(wrapped, default_) {
	return _standardSchema({
		kind: "schema",
		type: "nullable",
		reference: nullable,
		expects: `(${wrapped.expects} | null)`,
		async: false,
		wrapped,
		default: default_,
		"~run"(dataset, config$1) {
			if (dataset.value === null) {
				if (this.default !== void 0) dataset.value = /* @__PURE__ */ getDefault(this, dataset, config$1);
				if (dataset.value === null) {
					dataset.typed = true;
					return dataset;
				}
			}
			return this.wrapped["~run"](dataset, config$1);
		}
	});
}
function nullish(wrapped, default_) {
	return _standardSchema({
		kind: "schema",
		type: "nullish",
		reference: nullish,
		expects: `(${wrapped.expects} | null | undefined)`,
		async: false,
		wrapped,
		default: default_,
		"~run"(dataset, config$1) {
			if (dataset.value === null || dataset.value === void 0) {
				if (this.default !== void 0) dataset.value = /* @__PURE__ */ getDefault(this, dataset, config$1);
				if (dataset.value === null || dataset.value === void 0) {
					dataset.typed = true;
					return dataset;
				}
			}
			return this.wrapped["~run"](dataset, config$1);
		}
	});
}
function number(message$1) {
	return _standardSchema({
		kind: "schema",
		type: "number",
		reference: number,
		expects: "number",
		async: false,
		message: message$1,
		"~run"(dataset, config$1) {
			if (typeof dataset.value === "number" && !isNaN(dataset.value)) dataset.typed = true;
			else _addIssue(this, "type", dataset, config$1);
			return dataset;
		}
	});
}
function object(entries$1, message$1) {
	return _standardSchema({
		kind: "schema",
		type: "object",
		reference: object,
		expects: "Object",
		async: false,
		entries: entries$1,
		message: message$1,
		"~run"(dataset, config$1) {
			const input = dataset.value;
			if (input && typeof input === "object") {
				dataset.typed = true;
				dataset.value = {};
				for (const key in this.entries) {
					const valueSchema = this.entries[key];
					if (key in input || (valueSchema.type === "exact_optional" || valueSchema.type === "optional" || valueSchema.type === "nullish") && valueSchema.default !== void 0) {
						const value$1 = key in input ? input[key] : /* @__PURE__ */ getDefault(valueSchema);
						const valueDataset = valueSchema["~run"]({ value: value$1 }, config$1);
						if (valueDataset.issues) {
							const pathItem = {
								type: "object",
								origin: "value",
								input,
								key,
								value: value$1
							};
							for (const issue of valueDataset.issues) {
								if (issue.path) issue.path.unshift(pathItem);
								else issue.path = [pathItem];
								dataset.issues?.push(issue);
							}
							if (!dataset.issues) dataset.issues = valueDataset.issues;
							if (config$1.abortEarly) {
								dataset.typed = false;
								break;
							}
						}
						if (!valueDataset.typed) dataset.typed = false;
						dataset.value[key] = valueDataset.value;
					} else if (valueSchema.fallback !== void 0) dataset.value[key] = /* @__PURE__ */ getFallback(valueSchema);
					else if (valueSchema.type !== "exact_optional" && valueSchema.type !== "optional" && valueSchema.type !== "nullish") {
						_addIssue(this, "key", dataset, config$1, {
							input: void 0,
							expected: `"${key}"`,
							path: [{
								type: "object",
								origin: "key",
								input,
								key,
								value: input[key]
							}]
						});
						if (config$1.abortEarly) break;
					}
				}
			} else _addIssue(this, "type", dataset, config$1);
			return dataset;
		}
	});
}
function optional(wrapped, default_) {
	return _standardSchema({
		kind: "schema",
		type: "optional",
		reference: optional,
		expects: `(${wrapped.expects} | undefined)`,
		async: false,
		wrapped,
		default: default_,
		"~run"(dataset, config$1) {
			if (dataset.value === void 0) {
				if (this.default !== void 0) dataset.value = /* @__PURE__ */ getDefault(this, dataset, config$1);
				if (dataset.value === void 0) {
					dataset.typed = true;
					return dataset;
				}
			}
			return this.wrapped["~run"](dataset, config$1);
		}
	});
}
function picklist(options, message$1) {
	return _standardSchema({
		kind: "schema",
		type: "picklist",
		reference: picklist,
		expects: /* @__PURE__ */ _joinExpects(options.map(_stringify), "|"),
		async: false,
		options,
		message: message$1,
		"~run"(dataset, config$1) {
			if (this.options.includes(dataset.value)) dataset.typed = true;
			else _addIssue(this, "type", dataset, config$1);
			return dataset;
		}
	});
}
function set(value$1, message$1) {
	return _standardSchema({
		kind: "schema",
		type: "set",
		reference: set,
		expects: "Set",
		async: false,
		value: value$1,
		message: message$1,
		"~run"(dataset, config$1) {
			const input = dataset.value;
			if (input instanceof Set) {
				dataset.typed = true;
				dataset.value = /* @__PURE__ */ new Set();
				for (const inputValue of input) {
					const valueDataset = this.value["~run"]({ value: inputValue }, config$1);
					if (valueDataset.issues) {
						const pathItem = {
							type: "set",
							origin: "value",
							input,
							key: null,
							value: inputValue
						};
						for (const issue of valueDataset.issues) {
							if (issue.path) issue.path.unshift(pathItem);
							else issue.path = [pathItem];
							dataset.issues?.push(issue);
						}
						if (!dataset.issues) dataset.issues = valueDataset.issues;
						if (config$1.abortEarly) {
							dataset.typed = false;
							break;
						}
					}
					if (!valueDataset.typed) dataset.typed = false;
					dataset.value.add(valueDataset.value);
				}
			} else _addIssue(this, "type", dataset, config$1);
			return dataset;
		}
	});
}
function strictObject(entries$1, message$1) {
	return _standardSchema({
		kind: "schema",
		type: "strict_object",
		reference: strictObject,
		expects: "Object",
		async: false,
		entries: entries$1,
		message: message$1,
		"~run"(dataset, config$1) {
			const input = dataset.value;
			if (input && typeof input === "object") {
				dataset.typed = true;
				dataset.value = {};
				for (const key in this.entries) {
					const valueSchema = this.entries[key];
					if (key in input || (valueSchema.type === "exact_optional" || valueSchema.type === "optional" || valueSchema.type === "nullish") && valueSchema.default !== void 0) {
						const value$1 = key in input ? input[key] : /* @__PURE__ */ getDefault(valueSchema);
						const valueDataset = valueSchema["~run"]({ value: value$1 }, config$1);
						if (valueDataset.issues) {
							const pathItem = {
								type: "object",
								origin: "value",
								input,
								key,
								value: value$1
							};
							for (const issue of valueDataset.issues) {
								if (issue.path) issue.path.unshift(pathItem);
								else issue.path = [pathItem];
								dataset.issues?.push(issue);
							}
							if (!dataset.issues) dataset.issues = valueDataset.issues;
							if (config$1.abortEarly) {
								dataset.typed = false;
								break;
							}
						}
						if (!valueDataset.typed) dataset.typed = false;
						dataset.value[key] = valueDataset.value;
					} else if (valueSchema.fallback !== void 0) dataset.value[key] = /* @__PURE__ */ getFallback(valueSchema);
					else if (valueSchema.type !== "exact_optional" && valueSchema.type !== "optional" && valueSchema.type !== "nullish") {
						_addIssue(this, "key", dataset, config$1, {
							input: void 0,
							expected: `"${key}"`,
							path: [{
								type: "object",
								origin: "key",
								input,
								key,
								value: input[key]
							}]
						});
						if (config$1.abortEarly) break;
					}
				}
				if (!dataset.issues || !config$1.abortEarly) {
					for (const key in input) if (!Object.prototype.hasOwnProperty.call(this.entries, key)) {
						_addIssue(this, "key", dataset, config$1, {
							input: key,
							expected: "never",
							path: [{
								type: "object",
								origin: "key",
								input,
								key,
								value: input[key]
							}]
						});
						break;
					}
				}
			} else _addIssue(this, "type", dataset, config$1);
			return dataset;
		}
	});
}
function string(message$1) {
	return _standardSchema({
		kind: "schema",
		type: "string",
		reference: string,
		expects: "string",
		async: false,
		message: message$1,
		"~run"(dataset, config$1) {
			if (typeof dataset.value === "string") dataset.typed = true;
			else _addIssue(this, "type", dataset, config$1);
			return dataset;
		}
	});
}
function unknown() {
	return _standardSchema({
		kind: "schema",
		type: "unknown",
		reference: unknown,
		expects: "unknown",
		async: false,
		"~run"(dataset) {
			dataset.typed = true;
			return dataset;
		}
	});
}
function variant(key, options, message$1) {
	return _standardSchema({
		kind: "schema",
		type: "variant",
		reference: variant,
		expects: "Object",
		async: false,
		key,
		options,
		message: message$1,
		"~run"(dataset, config$1) {
			const input = dataset.value;
			if (input && typeof input === "object") {
				let outputDataset;
				let maxDiscriminatorPriority = 0;
				let invalidDiscriminatorKey = this.key;
				let expectedDiscriminators = [];
				const parseOptions = (variant$1, allKeys) => {
					for (const schema of variant$1.options) {
						if (schema.type === "variant") parseOptions(schema, new Set(allKeys).add(schema.key));
						else {
							let keysAreValid = true;
							let currentPriority = 0;
							for (const currentKey of allKeys) {
								const discriminatorSchema = schema.entries[currentKey];
								if (currentKey in input ? discriminatorSchema["~run"]({
									typed: false,
									value: input[currentKey]
								}, ABORT_EARLY_CONFIG).issues : discriminatorSchema.type !== "exact_optional" && discriminatorSchema.type !== "optional" && discriminatorSchema.type !== "nullish") {
									keysAreValid = false;
									if (invalidDiscriminatorKey !== currentKey && (maxDiscriminatorPriority < currentPriority || maxDiscriminatorPriority === currentPriority && currentKey in input && !(invalidDiscriminatorKey in input))) {
										maxDiscriminatorPriority = currentPriority;
										invalidDiscriminatorKey = currentKey;
										expectedDiscriminators = [];
									}
									if (invalidDiscriminatorKey === currentKey) expectedDiscriminators.push(schema.entries[currentKey].expects);
									break;
								}
								currentPriority++;
							}
							if (keysAreValid) {
								const optionDataset = schema["~run"]({ value: input }, config$1);
								if (!outputDataset || !outputDataset.typed && optionDataset.typed) outputDataset = optionDataset;
							}
						}
						if (outputDataset && !outputDataset.issues) break;
					}
				};
				parseOptions(this, new Set([this.key]));
				if (outputDataset) return outputDataset;
				_addIssue(this, "type", dataset, config$1, {
					input: input[invalidDiscriminatorKey],
					expected: /* @__PURE__ */ _joinExpects(expectedDiscriminators, "|"),
					path: [{
						type: "object",
						origin: "value",
						input,
						key: invalidDiscriminatorKey,
						value: input[invalidDiscriminatorKey]
					}]
				});
			} else _addIssue(this, "type", dataset, config$1);
			return dataset;
		}
	});
}
function message(schema, message_) {
	return _standardSchema({
		...schema,
		"~run"(dataset, config$1) {
			return schema["~run"](dataset, {
				...config$1,
				message: message_
			});
		}
	});
}
function pipe(...pipe$1) {
	return _standardSchema({
		...pipe$1[0],
		pipe: pipe$1,
		"~run"(dataset, config$1) {
			for (const item of pipe$1) if (item.kind !== "metadata") {
				if (dataset.issues && (item.kind === "schema" || item.kind === "transformation")) {
					dataset.typed = false;
					break;
				}
				if (!dataset.issues || !config$1.abortEarly && !config$1.abortPipeEarly) dataset = item["~run"](dataset, config$1);
			}
			return dataset;
		}
	});
}
function safeParse(schema, input, config$1) {
	const dataset = schema["~run"]({ value: input }, /* @__PURE__ */ getGlobalConfig(config$1));
	return {
		typed: dataset.typed,
		success: !dataset.issues,
		output: dataset.value,
		issues: dataset.issues
	};
}



/***/ }),

/***/ 8071:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   o$: () => (/* binding */ jsonObject)
/* harmony export */ });
/* unused harmony exports parseJson, read, text, amount, lenient, listOf */
/* harmony import */ var valibot__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(5495);

function parseJson(json) {
    try {
        return JSON.parse(json);
    }
    catch {
        return undefined;
    }
}
function read(schema, value) {
    const result = v.safeParse(schema, value);
    return result.success ? result.output : undefined;
}
const text = valibot__WEBPACK_IMPORTED_MODULE_0__/* .pipe */ .Fs(valibot__WEBPACK_IMPORTED_MODULE_0__/* .string */ .Yj(), valibot__WEBPACK_IMPORTED_MODULE_0__/* .nonEmpty */ .hq());
const amount = valibot__WEBPACK_IMPORTED_MODULE_0__/* .pipe */ .Fs(valibot__WEBPACK_IMPORTED_MODULE_0__/* .number */ .ai(), valibot__WEBPACK_IMPORTED_MODULE_0__/* .minValue */ .Ww(0));
const jsonObject = valibot__WEBPACK_IMPORTED_MODULE_0__/* .custom */ .Ie(isObject);
function isObject(value) {
    return typeof value === 'object' && value !== null && !Array.isArray(value);
}
function lenient(schema) {
    return v.fallback(v.optional(schema), undefined);
}
function listOf(item) {
    return v.pipe(v.array(v.unknown()), v.transform((items) => items.flatMap((each) => read(item, each) ?? [])));
}


/***/ })

/******/ });
/************************************************************************/
/******/ // The module cache
/******/ var __webpack_module_cache__ = {};
/******/ 
/******/ // The require function
/******/ function __nccwpck_require__(moduleId) {
/******/ 	// Check if module is in cache
/******/ 	var cachedModule = __webpack_module_cache__[moduleId];
/******/ 	if (cachedModule !== undefined) {
/******/ 		return cachedModule.exports;
/******/ 	}
/******/ 	// Create a new module (and put it into the cache)
/******/ 	var module = __webpack_module_cache__[moduleId] = {
/******/ 		// no module.id needed
/******/ 		// no module.loaded needed
/******/ 		exports: {}
/******/ 	};
/******/ 
/******/ 	// Execute the module function
/******/ 	var threw = true;
/******/ 	try {
/******/ 		__webpack_modules__[moduleId].call(module.exports, module, module.exports, __nccwpck_require__);
/******/ 		threw = false;
/******/ 	} finally {
/******/ 		if(threw) delete __webpack_module_cache__[moduleId];
/******/ 	}
/******/ 
/******/ 	// Return the exports of the module
/******/ 	return module.exports;
/******/ }
/******/ 
/************************************************************************/
/******/ /* webpack/runtime/asset-relocator-loader */
/******/ if (typeof __nccwpck_require__ !== 'undefined') __nccwpck_require__.ab = decodeURIComponent(new URL('.', import.meta.url).pathname).slice(import.meta.url.match(/^file:\/\/\/\w:/) ? 1 : 0, -1) + "/";
/******/ 
/******/ /* webpack/runtime/async module */
/******/ (() => {
/******/ 	var webpackQueues = typeof Symbol === "function" ? Symbol("webpack queues") : "__webpack_queues__";
/******/ 	var webpackExports = typeof Symbol === "function" ? Symbol("webpack exports") : "__webpack_exports__";
/******/ 	var webpackError = typeof Symbol === "function" ? Symbol("webpack error") : "__webpack_error__";
/******/ 	var resolveQueue = (queue) => {
/******/ 		if(queue && queue.d < 1) {
/******/ 			queue.d = 1;
/******/ 			queue.forEach((fn) => (fn.r--));
/******/ 			queue.forEach((fn) => (fn.r-- ? fn.r++ : fn()));
/******/ 		}
/******/ 	}
/******/ 	var wrapDeps = (deps) => (deps.map((dep) => {
/******/ 		if(dep !== null && typeof dep === "object") {
/******/ 			if(dep[webpackQueues]) return dep;
/******/ 			if(dep.then) {
/******/ 				var queue = [];
/******/ 				queue.d = 0;
/******/ 				dep.then((r) => {
/******/ 					obj[webpackExports] = r;
/******/ 					resolveQueue(queue);
/******/ 				}, (e) => {
/******/ 					obj[webpackError] = e;
/******/ 					resolveQueue(queue);
/******/ 				});
/******/ 				var obj = {};
/******/ 				obj[webpackQueues] = (fn) => (fn(queue));
/******/ 				return obj;
/******/ 			}
/******/ 		}
/******/ 		var ret = {};
/******/ 		ret[webpackQueues] = x => {};
/******/ 		ret[webpackExports] = dep;
/******/ 		return ret;
/******/ 	}));
/******/ 	__nccwpck_require__.a = (module, body, hasAwait) => {
/******/ 		var queue;
/******/ 		hasAwait && ((queue = []).d = -1);
/******/ 		var depQueues = new Set();
/******/ 		var exports = module.exports;
/******/ 		var currentDeps;
/******/ 		var outerResolve;
/******/ 		var reject;
/******/ 		var promise = new Promise((resolve, rej) => {
/******/ 			reject = rej;
/******/ 			outerResolve = resolve;
/******/ 		});
/******/ 		promise[webpackExports] = exports;
/******/ 		promise[webpackQueues] = (fn) => (queue && fn(queue), depQueues.forEach(fn), promise["catch"](x => {}));
/******/ 		module.exports = promise;
/******/ 		body((deps) => {
/******/ 			currentDeps = wrapDeps(deps);
/******/ 			var fn;
/******/ 			var getResult = () => (currentDeps.map((d) => {
/******/ 				if(d[webpackError]) throw d[webpackError];
/******/ 				return d[webpackExports];
/******/ 			}))
/******/ 			var promise = new Promise((resolve) => {
/******/ 				fn = () => (resolve(getResult));
/******/ 				fn.r = 0;
/******/ 				var fnQueue = (q) => (q !== queue && !depQueues.has(q) && (depQueues.add(q), q && !q.d && (fn.r++, q.push(fn))));
/******/ 				currentDeps.map((dep) => (dep[webpackQueues](fnQueue)));
/******/ 			});
/******/ 			return fn.r ? promise : getResult();
/******/ 		}, (err) => ((err ? reject(promise[webpackError] = err) : outerResolve(exports)), resolveQueue(queue)));
/******/ 		queue && queue.d < 0 && (queue.d = 0);
/******/ 	};
/******/ })();
/******/ 
/******/ /* webpack/runtime/define property getters */
/******/ (() => {
/******/ 	// define getter functions for harmony exports
/******/ 	__nccwpck_require__.d = (exports, definition) => {
/******/ 		for(var key in definition) {
/******/ 			if(__nccwpck_require__.o(definition, key) && !__nccwpck_require__.o(exports, key)) {
/******/ 				Object.defineProperty(exports, key, { enumerable: true, get: definition[key] });
/******/ 			}
/******/ 		}
/******/ 	};
/******/ })();
/******/ 
/******/ /* webpack/runtime/hasOwnProperty shorthand */
/******/ (() => {
/******/ 	__nccwpck_require__.o = (obj, prop) => (Object.prototype.hasOwnProperty.call(obj, prop))
/******/ })();
/******/ 
/************************************************************************/
/******/ 
/******/ // startup
/******/ // Load entry module and return exports
/******/ // This entry module used 'module' so it can't be inlined
/******/ var __webpack_exports__ = __nccwpck_require__(875);
/******/ __webpack_exports__ = await __webpack_exports__;
/******/ 
